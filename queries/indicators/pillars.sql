-- How strong are the four pillars, beside the best quarter of similar units?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column pillar     text     frequency, rhythm, attendance, linked
-- column value      double   of the selected units together, 0 to 1; empty where nothing can be judged
-- column n          integer  the denominator: periods due, activities, people expected, activities of the units' own subject
-- column benchmark  double   upper quartile of similar units, 0 to 1; empty below five of them
-- column peers      integer  similar units with enough cases
-- column is_behind  boolean  value below benchmark
with mine as (
    select * from marts.peers where unit in (select unnest($units))
),

alike as (
    select distinct
        basis,
        case when basis = 'group' then peer_group end as peer_group,
        case when basis = 'size' then size_from end   as size_from
    from mine
    where basis <> ''
),

peers as (
    select distinct other.unit
    from alike
    join marts.peers as other
        on alike.basis = 'group' and other.peer_group = alike.peer_group or alike.basis = 'size' and other.size_from = alike.size_from
    where (select count(*) from mine) > 1 or other.unit not in (select unit from mine)
),

wanted as (
    select unit, true as is_mine from marts.units where unit in (select unnest($units))
    union all
    select unit, false from peers
),

working as (
    select year, month, count(*) filter (where is_working) as days
    from marts.days
    where day between $start and $until
    group by year, month
),

daily as (
    select unit, month, sum(held) as held
    from marts.daily
    where day between $start and $until and type in (select unnest($types)) and not is_anchored
    group by unit, month
),

spread as (
    select
        coverage.unit,
        coalesce(daily.held, 0)                                                        as held,
        sum(coalesce(daily.held, 0)) over (partition by coverage.unit, working.year)   as yearly,
        working.days / sum(working.days) over (partition by coverage.unit, working.year) as even,
        count(*) over (partition by coverage.unit, working.year)                       as months
    from marts.coverage as coverage
    join working on working.month = coverage.month
    left join daily on daily.unit = coverage.unit and daily.month = coverage.month
    where coverage.status <> 'missing'
),

parts as (
    select
        unit,
        1                                       as place,
        'frequency'                             as pillar,
        count(*) filter (where state = 'met')   as numerator,
        count(*)                                as denominator,
        5                                       as fewest
    from marts.due
    where ends_on between $start and $until and state in ('met', 'short') and type in (select unnest($types))
    group by unit
    union all
    select unit, 2, 'rhythm', sum(least(held, yearly * even)), sum(held), 8
    from spread
    where yearly >= 8 and months >= 3
    group by unit
    union all
    select unit, 3, 'attendance', sum(attended), sum(expected), 20
    from marts.monthly
    where month between $start and $until and type in (select unnest($types))
    group by unit
    union all
    select unit, 4, 'linked', sum(substantive), sum(discretionary), 5
    from marts.monthly
    where month between $start and $until
        and type in (select unnest($types))
        and exists (
            select 1 from marts.columns as columns where columns.kind = 'activities' and columns.field = 'task' and columns.filled > 0
        )
    group by unit
),

pillars as (
    select * from (values (1, 'frequency'), (2, 'rhythm'), (3, 'attendance'), (4, 'linked')) as pillars (place, pillar)
),

own as (
    select parts.place, sum(parts.numerator) / sum(parts.denominator) as value, sum(parts.denominator) as n
    from parts
    join wanted on wanted.unit = parts.unit and wanted.is_mine
    group by parts.place
    having sum(parts.denominator) >= 5
),

others as (
    select parts.place, quantile_cont(parts.numerator / parts.denominator, 0.75) as benchmark, count(*) as peers
    from parts
    join wanted on wanted.unit = parts.unit and not wanted.is_mine
    where parts.denominator >= parts.fewest
    group by parts.place
)

select
    pillars.pillar,
    own.value,
    coalesce(own.n, 0)                                                              as n,
    case when others.peers >= 5 then others.benchmark end                           as benchmark,
    coalesce(others.peers, 0)                                                       as peers,
    coalesce(own.value < case when others.peers >= 5 then others.benchmark end, false) as is_behind
from pillars
left join own on own.place = pillars.place
left join others on others.place = pillars.place
order by pillars.place
