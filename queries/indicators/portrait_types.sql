-- What kinds of activity does a unit hold, beside the middle half of its peers?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  the unit and what is below it; only a unit by itself has peers
-- param  types  names  kinds of activity counted
--
-- column type           text
-- column held           integer  activities of the unit
-- column quartile_low   double   activities: lower quartile of the peers, for as many months handed in; empty below five peers
-- column middle         double   activities: median of the peers, for as many months
-- column quartile_high  double   activities: upper quartile of the peers, for as many months
-- column peers          integer  peers that handed anything in
-- column months         integer  unit-months handed in
with own as (
    select unnest($units) as unit
),

others as (
    select other.unit
    from own
    join marts.peers as mine on mine.unit = own.unit
    join marts.peers as other
        on other.unit <> mine.unit
        and (mine.basis = 'group' and other.peer_group = mine.peer_group or mine.basis = 'size' and other.size_from = mine.size_from)
    where (select count(*) from own) = 1
),

subjects as (
    select unit, '' as subject from own
    union all
    select unit, unit as subject from others
),

covered as (
    select subjects.subject, count(*) as months
    from subjects
    join marts.coverage as coverage on coverage.unit = subjects.unit
    where coverage.month between $start and $until and coverage.status <> 'missing'
    group by subjects.subject
),

counted as (
    select subjects.subject, monthly.type, sum(monthly.held) as held
    from subjects
    join marts.monthly as monthly on monthly.unit = subjects.unit
    where monthly.month between $start and $until and monthly.type in (select unnest($types))
    group by all
),

rates as (
    select covered.subject, kinds.type, coalesce(counted.held, 0) as held, coalesce(counted.held, 0) / covered.months as rate
    from covered
    cross join (select distinct type from counted) as kinds
    left join counted on counted.subject = covered.subject and counted.type = kinds.type
),

bands as (
    select
        type,
        count(*)                  as peers,
        quantile_cont(rate, 0.25) as quartile_low,
        quantile_cont(rate, 0.5)  as middle,
        quantile_cont(rate, 0.75) as quartile_high
    from rates
    where subject <> ''
    group by type
    having count(*) >= 5
)

select
    mine.type,
    mine.held,
    bands.quartile_low * covered.months  as quartile_low,
    bands.middle * covered.months        as middle,
    bands.quartile_high * covered.months as quartile_high,
    coalesce(bands.peers, 0)             as peers,
    covered.months
from rates as mine
join covered on covered.subject = mine.subject
left join bands on bands.type = mine.type
where mine.subject = '' and (mine.held > 0 or bands.quartile_high > 0)
order by mine.held desc, bands.middle desc nulls last, mine.type
