-- When are rewards and deductions recorded?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column month       date     every month from the first to the last with a record
-- column rewards     integer  recorded in the month; by the day recorded, else the day it happened
-- column deductions  integer
-- column december    integer  of the deductions, those recorded in December
-- column last_quarter integer of the deductions, those recorded from October on
-- column both_days       integer  deductions of the span with both days
-- column lag         double   median days from the day it happened to the day it was recorded, over those
-- column settling    integer  organs with five deductions or more of which surely more than a quarter were recorded in December
with recorded as (
    select
        outcomes.month,
        outcomes.direction,
        outcomes.happened_on,
        outcomes.recorded_on,
        coalesce(units.parent, units.unit) as organ
    from marts.outcomes as outcomes
    left join marts.units as units on units.unit = outcomes.unit
    where outcomes.month between $start and $until
        and outcomes.unit in (select unnest($units))
        and outcomes.direction in ('reward', 'deduction')
),

whole as (
    select
        min(month)                                                                                   as first_month,
        max(month)                                                                                   as last_month,
        count(*) filter (where direction = 'deduction' and happened_on is not null and recorded_on is not null) as both_days,
        median(date_diff('day', happened_on, recorded_on)) filter (where direction = 'deduction')    as lag
    from recorded
),

organs as (
    select count(*) filter (where n >= 5 and (k + 1.92 - 1.96 * sqrt(k * (n - k) / n + 0.96)) / (n + 3.84) > 0.25) as settling
    from (
        select organ, count(*) as n, count(*) filter (where month(month) = 12) as k
        from recorded
        where direction = 'deduction'
        group by organ
    ) as deducted
),

months as (
    select distinct days.month
    from marts.days as days
    join whole on days.month between whole.first_month and whole.last_month
)

select
    months.month,
    count(recorded.month) filter (where recorded.direction = 'reward')                                        as rewards,
    count(recorded.month) filter (where recorded.direction = 'deduction')                                     as deductions,
    count(recorded.month) filter (where recorded.direction = 'deduction' and month(recorded.month) = 12)      as december,
    count(recorded.month) filter (where recorded.direction = 'deduction' and month(recorded.month) >= 10)     as last_quarter,
    any_value(whole.both_days)                                                                                    as both_days,
    any_value(whole.lag)                                                                                      as lag,
    any_value(organs.settling)                                                                                as settling
from months
cross join whole
cross join organs
left join recorded on recorded.month = months.month
group by months.month
order by months.month
