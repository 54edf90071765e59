"""Everything random: named streams and what is drawn from them, before anything moves."""
