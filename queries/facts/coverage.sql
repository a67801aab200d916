-- For which months has a unit's ledger been handed in, and how completely?
--
-- column unit    text
-- column month   date  one row per unit and month handed in; months without a row were not reported
-- column status  text  reported, or partly where some of its rows were kept out
select
    unit,
    month,
    case when min(case when is_partly then 1 else 0 end) = 1 then 'partly' else 'reported' end as status
from raw.standing_coverage
group by unit, month
