-- What share of the organ's staff does party work full-time, and is it the one to two percent that the rule asks?
--
-- param  until  date   last day counted; registers of all years before belong to the trend
-- param  units  names  units counted
--
-- column quarter    date     first day of the quarter, of each register that gives both
-- column fulltime   integer  full-time officers
-- column staff      integer  staff of the organ
-- column share      double   full-time officers ÷ staff, 0 to 1
-- column band_low   double   what the rule asks at least: 0.01
-- column band_high  double   and about at most: 0.02
-- column parttime   integer  officers who do something else as well
-- column officers   integer  officers of units that say how many are full-time
-- column n          integer  staff
with counted as (
    select
        quarter,
        sum(staff) as staff,
        sum(officers_fulltime) as fulltime,
        sum(officers) filter (where officers >= officers_fulltime) as officers
    from marts.registers
    where quarter <= $until
        and unit in (select unnest($units))
        and staff is not null and officers_fulltime is not null
    group by quarter
)

select
    quarter,
    fulltime,
    staff,
    fulltime / staff as share,
    cast(0.01 as double) as band_low,
    cast(0.02 as double) as band_high,
    officers - fulltime as parttime,
    officers,
    staff as n
from counted
where staff >= 5
order by quarter
