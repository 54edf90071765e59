"""Every quantity that a result holds, declared once: its unit, its kind and its meaning."""
