-- How often does a unit work with others: partner units, business offices, volunteers?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column group     text     together (a partner or a business office), partners, offices, volunteer
-- column k         integer  activities of the group
-- column n         integer  activities of the units whose ledgers ever name such
-- column share     double   k ÷ n, 0 to 1
-- column low       double   lower end of the 95 % interval (Wilson), 0 to 1
-- column high      double   upper end, 0 to 1
-- column per_unit  double   activities of the group per unit and year
-- column lacks     text     which column is missing: partners or offices; empty where it can be said
with counted as (
    select
        unit,
        type,
        partner_units is not null or type = 'joint' as has_partner,
        business_offices is not null as has_office
    from marts.activities
    where held_on between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

partnered as (
    select distinct unit from marts.activities where partner_units is not null or type = 'joint'
),

assisted as (
    select distinct unit from marts.activities where business_offices is not null
),

told as (
    select 1 as place, 'together' as "group", count(*) filter (where has_partner or has_office) as k, count(*) as n,
        count(distinct unit) as units, 'offices' as lacks
    from counted where unit in (select unit from assisted) and unit in (select unit from partnered)
    union all
    select 2, 'partners', count(*) filter (where has_partner), count(*), count(distinct unit), 'partners'
    from counted where unit in (select unit from partnered)
    union all
    select 3, 'offices', count(*) filter (where has_office), count(*), count(distinct unit), 'offices'
    from counted where unit in (select unit from assisted)
    union all
    select 4, 'volunteer', count(*) filter (where type = 'volunteer'), count(*), count(distinct unit), null
    from counted
),

shares as (
    select *, case when n >= 5 then k / n end as p from told
)

select
    "group",
    k,
    n,
    p as share,
    (p + 1.9208 / n - 1.96 * sqrt(p * (1 - p) / n + 0.9604 / n / n)) / (1 + 3.8416 / n) as low,
    (p + 1.9208 / n + 1.96 * sqrt(p * (1 - p) / n + 0.9604 / n / n)) / (1 + 3.8416 / n) as high,
    k / nullif(units, 0) / ((date_diff('day', cast($start as date), cast($until as date)) + 1) / 365.25) as per_unit,
    case when n = 0 then lacks end as lacks
from shares
order by place
