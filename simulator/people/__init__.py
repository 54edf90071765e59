"""The people, week by week: hiring, onboarding, communication, attrition."""
