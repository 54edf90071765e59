"""The value of a week's features, and what debt and people who are not there take from it."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.company.bills import pay_of
from simulator.company.operations import operations_today_days
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.scenario.keys.value import Value
from simulator.scenario.root import Scenario
from simulator.units import MONTHS_PER_WEEK, WEEKS_PER_YEAR, WORKING_DAYS_PER_WEEK
from simulator.work.split import WorkSplit
from simulator.work.value import (
    feature_day_eur,
    features_value_eur,
    needed_feature_days,
    smooth_talk_share,
    team_feature_days,
)

VALUES = ("features_value_eur", "missing_value_eur", "debt_interest_eur")


def value_columns(
    setting: Setting, users: Floats, split: WorkSplit, *, operations: Floats, overhead: Floats, wasted: Floats
) -> Columns:
    """Tell what the week's features are worth, and what plan, missing people and debt take, in euros.

    Args:
        setting: of the block.
        users: (lanes,).
        split: of the week's days.
        operations: days that operations take, (lanes,).
        overhead: share of the time for communication, (lanes,).
        wasted: share of it that debt wastes, (lanes,).
    """
    inputs, keys = setting.inputs, setting.inputs.value
    if keys is None:
        day_eur = inputs.team.salary_eur_month * MONTHS_PER_WEEK / WORKING_DAYS_PER_WEEK
        return {
            **dict.fromkeys(VALUES, np.zeros(setting.lanes)),
            "labour_plan_eur": split.plan * day_eur,
        }
    planned = inputs.work.training_share + inputs.work.debt_share
    features = _Features.of(inputs, keys, users / inputs.demand.users)
    there = np.maximum(_days(inputs, split.paid / WORKING_DAYS_PER_WEEK) - operations, 0.0)
    more_waste = split.worked * (1.0 - overhead) * (wasted - inputs.debt.wasted_time_share)
    return {
        "features_value_eur": features.worth(split.features),
        "labour_plan_eur": features.worth(split.features + split.plan) - features.worth(split.features),
        "missing_value_eur": features.missing(there),
        "debt_interest_eur": features.interest(split.features, more_waste * (1.0 - planned)),
    }


@dataclass(frozen=True, kw_only=True)
class _Features:
    """A day of features has its value in one week, (lanes,)."""

    keys: Value[Floats]
    users_ratio: Floats
    today_days: Floats
    """Days of features in a week of today."""
    paid_eur: Floats
    """Pay of one more head for each day that it adds."""

    @classmethod
    def of(cls, inputs: Scenario[Floats], keys: Value[Floats], users_ratio: Floats) -> "_Features":
        heads = np.full(len(users_ratio), float(inputs.team.developers))
        today = _days(inputs, heads)
        return cls(
            keys=keys,
            users_ratio=users_ratio,
            today_days=np.maximum(today - operations_today_days(inputs), 1e-9),
            paid_eur=feature_day_eur(
                pay_of(inputs, 0),
                marginal_days_week=_days(inputs, heads + 1.0) - today,
                return_on_pay=np.ones(len(users_ratio)),
            ),
        )

    def worth(self, days: Floats) -> Floats:
        """Value of a week's days over those of today."""
        return features_value_eur(
            days,
            today_days=self.today_days,
            day_eur=self.keys.return_on_pay * self.paid_eur,
            users_ratio=self.users_ratio,
            diminishing_exponent=self.keys.diminishing_exponent,
            users_elasticity=self.keys.users_elasticity,
        )

    def missing(self, there: Floats) -> Floats:
        """Value of the days that are short of those that growth asks for, less the pay that is not spent."""
        needed = needed_feature_days(
            self.today_days,
            users_ratio=self.users_ratio,
            diminishing_exponent=self.keys.diminishing_exponent,
            users_elasticity=self.keys.users_elasticity,
        )
        short = np.maximum(needed - there, 0.0)
        gained = self.worth(there + short) - self.worth(there)
        return np.maximum(gained - short * self.paid_eur, 0.0)

    def interest(self, days: Floats, wasted_days: Floats) -> Floats:
        """Value that a year takes of what debt wastes beyond today's."""
        yearly: Floats = WEEKS_PER_YEAR * (self.worth(days + wasted_days) - self.worth(days))
        return yearly


def _days(inputs: Scenario[Floats], heads: Floats) -> Floats:
    return team_feature_days(
        heads,
        days_head_week=WORKING_DAYS_PER_WEEK * inputs.work.availability_share,
        talk_share=smooth_talk_share(
            heads,
            team_size=inputs.team.team_size,
            within_share=inputs.team.overhead_within_share,
            between_share=inputs.team.overhead_between_share,
        ),
        wasted_share=inputs.debt.wasted_time_share,
        set_apart_share=_set_apart_share_today(inputs),
    )


def _set_apart_share_today(inputs: Scenario[Floats]) -> Floats:
    given = None if inputs.value is None else inputs.value.set_apart_share_today
    planned: Floats = inputs.work.training_share + inputs.work.debt_share
    return planned if given is None else given
