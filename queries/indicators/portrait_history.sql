-- How did a unit do quarter by quarter, beside its own past and the middle half of its peers?
--
-- param  start  date   first day of the period that is looked at
-- param  until  date   last day counted; the history goes back two years before its year
-- param  units  names  the unit and what is below it; only a unit by itself has peers
-- param  types  names  kinds of activity counted
--
-- column measure        text     pace, met, attended, linked or prompt
-- column quarter        date     first day of the quarter
-- column value          double   pace: activities per month handed in; else numerator ÷ denominator, empty where that is below five
-- column numerator      integer  pace: activities; else those met, who came, linked, recorded in time
-- column denominator    integer  pace: months handed in; else those due, expected, of its own subject, with a day of recording
-- column quartile_low   double   lower quartile of the peers' values; empty below five peers with a value
-- column middle         double   median of the peers' values
-- column quartile_high  double   upper quartile of the peers' values
-- column peers          integer  peers with a value
-- column basis          text     group, size, or empty where there are no peers
-- column is_chosen      boolean  the quarter lies in the period that is looked at
-- column compared       integer  1 where the quarter lies in it and has both a value and a band
-- column below          integer  1 where it is then below the middle half
-- column within         integer  1 where it is then within the middle half
-- column above          integer  1 where it is then above the middle half
with own as (
    select unnest($units) as unit
),

basis as (
    select max(peers.basis) as basis
    from own
    join marts.peers as peers on peers.unit = own.unit
    having count(*) = 1 and (select count(*) from own) = 1
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
    select
        subjects.subject,
        date_trunc('quarter', coverage.month)::date             as quarter,
        count(*) filter (where coverage.status <> 'missing')    as months
    from subjects
    join marts.coverage as coverage on coverage.unit = subjects.unit
    where coverage.month between make_date(year($until) - 2, 1, 1) and $until
    group by all
),

counted as (
    select
        subjects.subject,
        monthly.quarter,
        sum(monthly.held)          as held,
        sum(monthly.expected)      as expected,
        sum(monthly.attended)      as attended,
        sum(monthly.discretionary) as discretionary,
        sum(monthly.substantive)   as substantive,
        sum(monthly.dated)         as dated,
        sum(monthly.prompt)        as prompt
    from subjects
    join marts.monthly as monthly on monthly.unit = subjects.unit
    where monthly.month between make_date(year($until) - 2, 1, 1) and $until
        and monthly.type in (select unnest($types))
    group by all
),

due as (
    select
        subjects.subject,
        date_trunc('quarter', due.ends_on)::date      as quarter,
        count(*) filter (where due.state = 'met')     as met,
        count(*)                                      as due
    from subjects
    join marts.due as due on due.unit = subjects.unit
    where due.ends_on between make_date(year($until) - 2, 1, 1) and $until
        and due.state in ('met', 'short')
        and due.type in (select unnest($types))
    group by all
),

measured as (
    select covered.subject, covered.quarter, 1 as place, 'pace' as measure,
        case when covered.months > 0 then coalesce(counted.held, 0) end as numerator, nullif(covered.months, 0) as denominator
    from covered
    left join counted on counted.subject = covered.subject and counted.quarter = covered.quarter
    union all
    select covered.subject, covered.quarter, 2, 'met', due.met, due.due
    from covered
    left join due on due.subject = covered.subject and due.quarter = covered.quarter
    union all
    select covered.subject, covered.quarter, 3, 'attended', counted.attended, counted.expected
    from covered
    left join counted on counted.subject = covered.subject and counted.quarter = covered.quarter
    union all
    select covered.subject, covered.quarter, 4, 'linked', counted.substantive, counted.discretionary
    from covered
    left join counted on counted.subject = covered.subject and counted.quarter = covered.quarter
    union all
    select covered.subject, covered.quarter, 5, 'prompt', counted.prompt, counted.dated
    from covered
    left join counted on counted.subject = covered.subject and counted.quarter = covered.quarter
),

valued as (
    select *, case when measure = 'pace' or denominator >= 5 then numerator / nullif(denominator, 0) end as value
    from measured
),

bands as (
    select
        measure,
        quarter,
        count(value)                 as peers,
        quantile_cont(value, 0.25)   as quartile_low,
        quantile_cont(value, 0.5)    as middle,
        quantile_cont(value, 0.75)   as quartile_high
    from valued
    where subject <> ''
    group by all
    having count(value) >= 5
),

placed as (
    select
        mine.place,
        mine.measure,
        mine.quarter,
        mine.value,
        mine.numerator,
        mine.denominator,
        bands.quartile_low,
        bands.middle,
        bands.quartile_high,
        coalesce(bands.peers, 0)                                                        as peers,
        coalesce((select basis from basis), '')                                         as basis,
        mine.quarter >= date_trunc('quarter', $start) and mine.quarter <= $until        as is_chosen,
        mine.quarter >= date_trunc('quarter', $start) and mine.value is not null and bands.peers is not null as is_compared
    from valued as mine
    left join bands on bands.measure = mine.measure and bands.quarter = mine.quarter
    where mine.subject = ''
)

select
    measure,
    quarter,
    value,
    numerator,
    denominator,
    quartile_low,
    middle,
    quartile_high,
    peers,
    basis,
    is_chosen,
    is_compared::integer                                                    as compared,
    (is_compared and value < quartile_low)::integer                         as below,
    (is_compared and value between quartile_low and quartile_high)::integer as within,
    (is_compared and value > quartile_high)::integer                        as above
from placed
order by place, quarter
