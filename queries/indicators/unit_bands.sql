-- Which units need a look, and for what?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit      text     branches and offices; the organ's own office and the leaders' branches first, then in the order of the tree
-- column parent    text
-- column near      text     leaders or own where it is a leaders' branch or the organ's own office; empty for the others
-- column band      text     attention, glance, steady or unknown (less than half of its months handed in)
-- column is_attention  boolean  the band is attention
-- column is_glance  boolean  the band is glance
-- column strong    text     signs beyond doubt, joined by commas: silent, due, rhythm, attendance, recording, effect
-- column weak      text     signs less certain, joined by commas: the same and unreported
-- column reported  double   share of its months handed in, 0 to 1
-- column due       integer  periods due that can be judged
-- column met       double   share of them that was held, 0 to 1
-- column met_low   double   lower 95 % limit of it, 0 to 1 (Wilson)
-- column met_high  double   upper 95 % limit of it, 0 to 1 (Wilson)
-- column best      integer  place among the units if every doubt is for it; empty below five periods due
-- column worst     integer  place among the units if every doubt is against it
with units as (
    select * from marts.units where unit in (select unnest($units)) and kind in ('branch', 'office')
),

coverage as (
    select
        coverage.unit,
        count(*)                                                              as months,
        count(*) filter (where coverage.status <> 'missing') / count(*)       as reported
    from marts.coverage as coverage
    where coverage.month between $start and $until
    group by coverage.unit
),

silent as (
    select distinct unit from marts.silent where quarter between $start and $until - interval 2 month
),

judged as (
    select
        due.unit,
        count(*)                                                                as n,
        count(*) filter (where due.state = 'met') / count(*)                    as share
    from marts.due as due
    join units on units.unit = due.unit
    where due.ends_on between $start and $until and due.state in ('met', 'short') and due.type in (select unnest($types))
    group by due.unit
),

limits as (
    select
        unit,
        n,
        share,
        sum(n * share) over () / sum(n) over ()                                                                 as usual,
        (share + 1.920729 / n - 1.959964 * sqrt((share * (1 - share) + 0.960365 / n) / n)) / (1 + 3.841459 / n) as low,
        (share + 1.920729 / n + 1.959964 * sqrt((share * (1 - share) + 0.960365 / n) / n)) / (1 + 3.841459 / n) as high,
        (share + 4.774767 / n + 3.090232 * sqrt((share * (1 - share) + 2.387383 / n) / n)) / (1 + 9.549534 / n) as highest
    from judged
),

places as (
    select
        own.unit,
        1 + count(*) filter (where other.low > own.high)         as best,
        count(*) - count(*) filter (where other.high < own.low)  as worst
    from limits as own
    join limits as other on other.n >= 5
    where own.n >= 5
    group by own.unit
),

findings as (
    select
        findings.unit,
        case
            when findings.pattern = 'low_participation' then 'attendance'
            when findings.pattern = 'backfill' then 'recording'
            when findings.pattern = 'trace_no_effect' then 'effect'
            else 'rhythm'
        end                      as sign,
        findings.level = 'high'  as is_strong
    from marts.findings as findings
    left join marts.explanations as explanations
        on explanations.unit = findings.unit and explanations.year = findings.year and explanations.pattern = findings.pattern
    where findings.scope = 'unit'
        and findings.level in ('high', 'medium')
        and findings.year between year($start) and year($until)
        and explanations.unit is null
),

signs as (
    select unit, 1 as place, 'silent' as sign, true as is_strong from silent
    union all
    select unit, 2, 'due', n >= 5 and highest < usual from limits where high < usual and n >= 5
    union all
    select
        unit,
        case sign when 'rhythm' then 3 when 'attendance' then 4 when 'recording' then 5 else 6 end,
        sign,
        bool_or(is_strong)
    from findings
    group by unit, sign
    union all
    select unit, 7, 'unreported', false from coverage where reported < 1
),

summed as (
    select
        unit,
        string_agg(sign, ',' order by place) filter (where is_strong)     as strong,
        string_agg(sign, ',' order by place) filter (where not is_strong) as weak,
        count(*) filter (where is_strong)                                 as strongs,
        count(*) filter (where sign <> 'unreported')                      as doubts,
        count(*)                                                          as signs
    from signs
    group by unit
),

found as (
    select
        units.*,
        coverage.reported,
        coalesce(summed.strong, '') as strong,
        coalesce(summed.weak, '')   as weak,
        case
            when coverage.reported < 0.5 then 'unknown'
            when summed.strongs > 0 or summed.doubts >= 2 then 'attention'
            when summed.signs > 0 then 'glance'
            else 'steady'
        end                         as band
    from units
    join coverage on coverage.unit = units.unit
    left join summed on summed.unit = units.unit
)

select
    found.unit,
    found.parent,
    case when found.is_leaders then 'leaders' when found.is_own_office then 'own' else '' end as near,
    found.band,
    found.band = 'attention'       as is_attention,
    found.band = 'glance'          as is_glance,
    found.strong,
    found.weak,
    found.reported,
    coalesce(limits.n, 0)          as due,
    limits.share                   as met,
    case when limits.low is not null then greatest(0, limits.low) end  as met_low,
    case when limits.high is not null then least(1, limits.high) end   as met_high,
    places.best,
    places.worst
from found
left join limits on limits.unit = found.unit
left join places on places.unit = found.unit
order by not found.is_leaders, not found.is_own_office, found.position
