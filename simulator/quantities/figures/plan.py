"""Figures of the plan: what is only paid for, and its own numbers held against what follows from them."""

from dataclasses import replace

from simulator.quantities.figures.made import count, money, months, probability, quantiles, share, week
from simulator.quantities.quantity import Quantity

_STATED, _FOLLOWS = "plan_arithmetic.{index}.stated", "plan_arithmetic.{index}.follows"
PLAN: tuple[Quantity, ...] = (
    count("plan_dates.{index}.month", "month", None, "The action is due in this month."),
    week("plan_dates.{index}.due_week", None, "The action is due in this week."),
    replace(
        quantiles(
            week("plan_dates.{index}.placed_week", "lower", "The action comes into place in this week.")
        ),
        endless=True,
    ),
    probability(
        "plan_dates.{index}.p_placed", "higher", "The action is in place in the end with this chance."
    ),
    count("counted_as_cost_only.{index}.month", "month", None, "The action is due in this month."),
    share("no_effect.share", "lower", "This share of what the plan costs has no effect in the model."),
    share(f"{_STATED}.growth_share_month", None, "Users are stated to grow by this share a month."),
    share(f"{_STATED}.observed_growth_share_month", None, "Users have grown by this share a month."),
    money(f"{_STATED}.budget_eur", None, "The budget is stated to be this high."),
    money(f"{_STATED}.bill_eur_month", "lower", "The bill is stated to be this high.", "€/month"),
    share(f"{_STATED}.limit_share", None, "Infrastructure is stated to take at most this share of revenue."),
    money(f"{_STATED}.budget_eur_head", None, "The budget is this high for each added person.", "€/person"),
    count(f"{_STATED}.hires", "people", None, "This many hires are stated."),
    count(f"{_STATED}.candidates", "people", None, "This many candidates are stated."),
    Quantity(
        name=f"{_STATED}.copy_gb_hour",
        kind="rate",
        unit="GB/hour",
        meaning="The copy is stated to be this fast.",
    ),
    months(f"{_FOLLOWS}.target_reached_month", "Observed growth reaches the target in this month."),
    share(f"{_FOLLOWS}.observed_growth_share_year", None, "Observed growth comes to this share a year."),
    money(f"{_FOLLOWS}.bill_eur_month", "lower", "The bill comes to this much.", "€/month"),
    money(f"{_FOLLOWS}.increment_eur", "lower", "The stated bill is this much over today's."),
    share(f"{_FOLLOWS}.budget_share", "lower", "The budget is this share of revenue."),
    share(f"{_FOLLOWS}.budget_and_bill_share", "lower", "Budget and bill are this share of revenue."),
    money(f"{_FOLLOWS}.revenue_eur", "higher", "Planned revenue is this high over the horizon."),
    money(
        f"{_FOLLOWS}.from_first_day_eur", "lower", "All people cost this much if they come on the first day."
    ),
    money(f"{_FOLLOWS}.hired_evenly_eur", "lower", "All people cost this much if they are hired evenly."),
    Quantity(
        name=f"{_FOLLOWS}.probability",
        kind="probability",
        unit="fraction",
        better="higher",
        meaning="The stated candidates give the stated hires with this probability.",
    ),
    count(f"{_FOLLOWS}.candidates_needed", "people", "lower", "The stated hires need this many candidates."),
    count(f"{_FOLLOWS}.leavers", "people", "lower", "This many people leave over the horizon.", 1),
    Quantity(
        name=f"{_FOLLOWS}.filled_probability",
        kind="probability",
        unit="fraction",
        better="higher",
        meaning="All positions are filled with this probability.",
    ),
    Quantity(
        name=f"{_FOLLOWS}.zones_factor",
        kind="ratio",
        unit="times",
        better="lower",
        meaning="Spare zones multiply the capacity that has to be paid for by this factor.",
    ),
    Quantity(
        name=f"{_FOLLOWS}.written_gb_hour",
        kind="rate",
        unit="GB/hour",
        meaning="Data are written this fast while they move.",
    ),
)
