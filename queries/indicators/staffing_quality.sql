-- Do units with more party-affairs officers solve more problems in their activities?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit      text     units of five members or more whose register gives officers and whose ledger counts problems solved
-- column staffing  double   officers per ten members
-- column solving   double   activities with a problem solved ÷ activities where solved problems are counted, 0 to 1
-- column rank_correlation  double   Spearman's, of all units
-- column margin    double   half of its 95 % interval (Fisher)
-- column units     integer  units
-- column n         integer  activities where solved problems are counted
with latest as (
    select *
    from marts.registers
    where unit in (select unnest($units)) and coalesce(quarter <= $until, true)
    qualify row_number() over (partition by unit order by quarter desc nulls last) = 1
),

held as (
    select unit, count(*) filter (where problems_solved > 0) / count(*) as solving, count(*) as n
    from marts.activities
    where held_on between $start and $until
        and unit in (select unnest($units)) and type in (select unnest($types)) and problems_solved is not null
    group by unit
    having count(*) >= 8
),

both_known as (
    select latest.unit, 10.0 * latest.officers / latest.members as staffing, held.solving, held.n
    from latest
    join held on held.unit = latest.unit
    where latest.is_lowest and latest.members >= 5 and latest.officers is not null
),

ranked as (
    select
        *,
        rank() over (order by staffing) + (count(*) over (partition by staffing) - 1) / 2.0 as staffing_rank,
        rank() over (order by solving) + (count(*) over (partition by solving) - 1) / 2.0 as solving_rank
    from both_known
),

related as (
    select corr(staffing_rank, solving_rank) as r, count(*) as units from ranked
)

select
    ranked.unit,
    ranked.staffing,
    ranked.solving,
    related.r as rank_correlation,
    1.96 / sqrt(nullif(greatest(related.units - 3, 0), 0)) as margin,
    related.units,
    ranked.n
from ranked
cross join related
order by ranked.unit
