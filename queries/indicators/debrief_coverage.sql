-- How many units have a debriefing of their secretary in the year?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column period       date     first day of the year; years in which nobody has one are left out, for then nobody was asked to record it
-- column numerator    integer  units with a debriefing in the ledger for the year, or a score on one
-- column denominator  integer  branches and offices that handed in a ledger of the year
-- column n            integer  the same
with owing as (
    select distinct coverage.unit, year(coverage.month) as year
    from marts.coverage as coverage
    join marts.units as units on units.unit = coverage.unit
    where coverage.month between $start and $until
        and coverage.status <> 'missing'
        and coverage.unit in (select unnest($units))
        and units.kind in ('branch', 'office')
),

debriefed as (
    select unit, coalesce(counts_for, year(held_on)) as year
    from marts.activities
    where type = 'debrief'
    union
    select unit, year
    from marts.ratings
    where contains(criterion, '述职')
)

select
    make_date(owing.year, 1, 1) as period,
    count(debriefed.unit)       as numerator,
    count(*)                    as denominator,
    count(*)                    as n
from owing
left join debriefed on debriefed.unit = owing.unit and debriefed.year = owing.year
group by owing.year
having count(debriefed.unit) > 0
order by period
