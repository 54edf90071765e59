"""The value of a week's features, and of those that missing people would have made."""

import numpy as np

from simulator.arrays import Floats
from simulator.company.operations import operations_today_days
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.scenario.root import Scenario
from simulator.units import WORKING_DAYS_PER_WEEK
from simulator.work.value import feature_day_eur, features_value_eur, smooth_talk_share, team_feature_days


def value_columns(
    setting: Setting, users: Floats, feature_days: Floats, missing_person_days: Floats
) -> Columns:
    """Tell what the week's features are worth, and what missing people would have added, in euros."""
    inputs, keys = setting.inputs, setting.inputs.value
    if keys is None:
        none = np.zeros(setting.lanes)
        return {"features_value_eur": none, "missing_value_eur": none}
    heads = np.full(setting.lanes, float(inputs.team.developers))
    today, marginal = _days(inputs, heads), _days(inputs, heads + 1.0) - _days(inputs, heads)
    today = today - operations_today_days(inputs)

    def worth(days: Floats) -> Floats:
        return features_value_eur(
            days,
            today_days=np.maximum(today, 1e-9),
            day_eur=feature_day_eur(
                inputs.team.salary_eur_month, marginal_days_week=marginal, return_on_pay=keys.return_on_pay
            ),
            users_ratio=users / inputs.demand.users,
            diminishing_exponent=keys.diminishing_exponent,
            users_elasticity=keys.users_elasticity,
        )

    value = worth(feature_days)
    more = missing_person_days / WORKING_DAYS_PER_WEEK * marginal
    return {"features_value_eur": value, "missing_value_eur": worth(feature_days + more) - value}


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
        set_apart_share=inputs.work.training_share + inputs.work.debt_share,
    )
