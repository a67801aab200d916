-- How are rewards and penalties balanced in each organ?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column unit              text     the organ, in the order of the register
-- column scale             text     penalties
-- column value             double   penalties among rewards and penalties so far, grades and talks included, 0 to 1; of the latest year in the span
-- column low               double   lower 95 % limit of value
-- column high              double   upper 95 % limit of value
-- column usual             double   share of the median organ; empty where fewer than five organs, or fewer than twelve in the organ, can be compared
-- column n                 integer  rewards and penalties so far
-- column is_flagged        boolean  surely and clearly fewer penalties than organs usually have
-- column rewards           integer  rewards in the span
-- column deductions        integer  deductions in the span
-- column reward_points     double   points
-- column deduction_points  double   points
-- column reward_size       double   points per reward
-- column deduction_size    double   points per deduction
-- column assessed          integer  units with a result or an outcome in the span
-- column undeducted        integer  of them, units without a deduction
with judged as (
    select unit, n, k, expected, low, high, level, flagged
    from marts.findings
    where pattern = 'reward_heavy'
        and scope = 'organ'
        and year between year($start) and year($until)
        and unit in (select unnest($units))
    qualify row_number() over (partition by unit order by year desc) = 1
),

outcomes as (
    select
        unit,
        count(*) filter (where direction = 'reward')       as rewards,
        count(*) filter (where direction = 'deduction')    as deductions,
        sum(points) filter (where direction = 'reward')    as reward_points,
        sum(points) filter (where direction = 'deduction') as deduction_points
    from marts.outcomes
    where quarter between $start and $until and unit in (select unnest($units))
    group by unit
),

assessed as (
    select unit from marts.results where quarter between $start and $until and unit in (select unnest($units))
    union
    select unit from outcomes
),

organs as (
    select
        coalesce(units.parent, units.unit)                            as unit,
        cast(coalesce(sum(outcomes.rewards), 0) as bigint)            as rewards,
        cast(coalesce(sum(outcomes.deductions), 0) as bigint)         as deductions,
        coalesce(sum(outcomes.reward_points), 0)                      as reward_points,
        coalesce(sum(outcomes.deduction_points), 0)                   as deduction_points,
        count(*)                                                      as assessed,
        count(*) filter (where coalesce(outcomes.deductions, 0) = 0)  as undeducted
    from assessed
    join marts.units as units on units.unit = assessed.unit
    left join outcomes on outcomes.unit = assessed.unit
    group by all
)

select
    organs.unit,
    'penalties'                                             as scale,
    case when judged.level <> 'too_few' then judged.k / judged.n end                 as value,
    case when judged.level <> 'too_few' then judged.low * judged.expected end        as low,
    case when judged.level <> 'too_few' then judged.high * judged.expected end       as high,
    case when judged.level <> 'too_few' then judged.expected end                     as usual,
    cast(judged.n as bigint)                                as n,
    coalesce(judged.flagged, false)                         as is_flagged,
    organs.rewards,
    organs.deductions,
    organs.reward_points,
    organs.deduction_points,
    organs.reward_points / nullif(organs.rewards, 0)        as reward_size,
    organs.deduction_points / nullif(organs.deductions, 0)  as deduction_size,
    organs.assessed,
    organs.undeducted
from organs
left join judged on judged.unit = organs.unit
left join marts.units as units on units.unit = organs.unit
where organs.rewards + organs.deductions > 0
order by units.position, organs.unit
