-- How much of what should be handed in has been?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column reported  integer  unit-months handed in, in whole or in part
-- column partly    integer  of these, in part
-- column expected  integer  unit-months that should have been
select
    count(*) filter (where status <> 'missing') as reported,
    count(*) filter (where status = 'partly')   as partly,
    count(*)                                    as expected
from marts.coverage
where month between $start and $until
    and unit in (select unnest($units))
