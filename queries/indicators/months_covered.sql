-- Which months have been handed in by anybody?
--
-- column month        date
-- column reported     integer  units that handed it in
-- column expected     integer  units that should have
-- column is_known     boolean  false where the year's public holidays are not known
select
    coverage.month,
    count(*) filter (where coverage.status <> 'missing')                                     as reported,
    count(*)                                                                                 as expected,
    bool_and((select bool_and(days.is_known) from marts.days as days where days.month = coverage.month)) as is_known
from marts.coverage as coverage
group by coverage.month
having count(*) filter (where coverage.status <> 'missing') > 0
order by coverage.month
