-- How often were plans changed, and how late?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter    date     first day of the quarter planned for, in the newest version
-- column early      integer  items changed in good time
-- column late       integer  items last changed within a week of their date, before or after the change
-- column overdue    integer  items last changed after their date had passed
-- column cancelled  integer  items whose last change calls them off
-- column undated    integer  items changed, nobody knows when
-- column changed    integer  items changed at all
-- column versions   integer  versions of the items changed
-- column n          integer  items planned
with plans as (
    select
        quarter,
        versions,
        days_left,
        versions > 1 and strpos(coalesce(change_reason, ''), '取消') > 0                          as is_cancelled,
        (select value from marts.thresholds where name = 'change_days')                          as change_days
    from marts.plans
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
)

select
    quarter,
    count(*) filter (where versions > 1 and not is_cancelled and days_left > change_days)               as early,
    count(*) filter (where versions > 1 and not is_cancelled and days_left between 0 and change_days)   as late,
    count(*) filter (where versions > 1 and not is_cancelled and days_left < 0)                         as overdue,
    count(*) filter (where is_cancelled)                                                                as cancelled,
    count(*) filter (where versions > 1 and not is_cancelled and days_left is null)                     as undated,
    count(*) filter (where versions > 1)                                                                as changed,
    coalesce(sum(versions) filter (where versions > 1), 0)                                              as versions,
    count(*)                                                                                            as n
from plans
group by quarter
order by quarter
