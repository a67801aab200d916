-- What was due of each unit in each period, and was it held?
--
-- column unit       text
-- column rule       text
-- column type       text
-- column every      text     month, quarter or year
-- column starts_on  date     one row per unit, rule and period, to the end of the last year reported; first day of the period
-- column ends_on    date     last day of the period
-- column due        integer  activities due
-- column held       integer  activities held
-- column state      text     met, short, unreported (not enough is held, and a month of the period or of the season is missing or partly reported) or ahead (not yet begun)
with span as (
    select min(month) as first_month, max(month) as last_month from facts.coverage
),

periods as (
    select
        'month' as every,
        month   as starts_on,
        last_day(month) as ends_on
    from facts.days
    group by month
    union all
    select
        'quarter',
        quarter,
        max(day)
    from facts.days
    group by quarter
    union all
    select
        'year',
        make_date(year, 1, 1),
        make_date(year, 12, 31)
    from facts.days
    group by year
),

asked as (
    select
        periods.every,
        periods.starts_on,
        periods.ends_on,
        periods.starts_on > span.last_month as is_ahead
    from periods
    join span on periods.ends_on >= span.first_month and year(periods.starts_on) <= year(span.last_month)
),

reported as (
    select unit, 'month' as every, month as starts_on, count(*) as months
    from facts.coverage
    where status = 'reported'
    group by all
    union all
    select unit, 'quarter', make_date(year(month), 3 * quarter(month) - 2, 1), count(*)
    from facts.coverage
    where status = 'reported'
    group by all
    union all
    select unit, 'year', make_date(year(month), 1, 1), count(*)
    from facts.coverage
    where status = 'reported'
    group by all
    union all
    -- A kind with a legitimate season is judged after it has ended: the year and the first quarter of the next.
    select unit, 'season', starts_on, count(*)
    from (
        select unit, make_date(year(month), 1, 1) as starts_on
        from facts.coverage
        where status = 'reported'
        union all
        select unit, make_date(year(month) - 1, 1, 1)
        from facts.coverage
        where status = 'reported' and month(month) <= 3
    ) as seasons
    group by all
),

monthly as (
    select
        unit,
        type,
        make_date(year(held_on), month(held_on), 1) as month,
        counts_for,
        count(*)                                    as held
    from facts.activities
    where type in (select type from facts.due_rules)
    group by all
),

held as (
    select unit, type, 'month' as every, month as starts_on, sum(held) as held
    from monthly
    group by all
    union all
    select unit, type, 'quarter', make_date(year(month), 3 * quarter(month) - 2, 1), sum(held)
    from monthly
    group by all
    union all
    select unit, type, 'year', make_date(counts_for, 1, 1), sum(held)
    from monthly
    group by all
),

expected as (
    select
        units.unit,
        rules.rule,
        rules.type,
        rules.every,
        periods.starts_on,
        periods.ends_on,
        periods.is_ahead,
        rules.times * case when rules.times_per_group then units.groups else 1 end                   as due,
        case when rules.every = 'year' and types.anchored then 'season' else rules.every end         as judged_by,
        case
            when rules.every = 'month' then 1
            when rules.every = 'quarter' then 3
            when types.anchored then 15
            else 12
        end                                                                                          as months
    from facts.units as units
    join facts.due_rules as rules
        on (rules.only_with is null
            or (rules.only_with = 'committee' and units.has_committee)
            or (rules.only_with = 'groups' and coalesce(units.groups, 0) > 0))
    join facts.types as types on types.type = rules.type
    join asked as periods
        on periods.every = rules.every
        and (units.founded_on is null or periods.starts_on >= units.founded_on)
    where units.kind in ('branch', 'office')
)

select
    expected.unit,
    expected.rule,
    expected.type,
    expected.every,
    expected.starts_on,
    expected.ends_on,
    expected.due,
    coalesce(held.held, 0) as held,
    case
        when coalesce(held.held, 0) >= expected.due then 'met'
        when expected.is_ahead then 'ahead'
        when coalesce(reported.months, 0) < expected.months then 'unreported'
        else 'short'
    end                    as state
from expected
left join reported
    on reported.unit = expected.unit and reported.every = expected.judged_by and reported.starts_on = expected.starts_on
left join held
    on held.unit = expected.unit and held.type = expected.type
    and held.every = expected.every and held.starts_on = expected.starts_on
