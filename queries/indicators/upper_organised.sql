-- How many activities of a branch were organised for it by a higher level?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter   date     first day
-- column superior  integer  activities of branches that a higher level organised
-- column branch    integer  activities that the branch organised itself
-- column n         integer  activities of branches whose ledger says
select
    activities.quarter,
    count(*) filter (where activities.organised_by = 'superior') as superior,
    count(*) filter (where activities.organised_by = 'branch')   as branch,
    count(*)                                                     as n
from marts.activities as activities
join marts.units as units on units.unit = activities.unit and units.kind in ('branch', 'office')
where activities.month between $start and $until
    and activities.organised_by is not null
    and activities.unit in (select unnest($units))
    and activities.type in (select unnest($types))
group by activities.quarter
order by activities.quarter
