-- Which of the business offices are drawn in, and how many never?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column office   text     every business office that any ledger ever names; the most often first
-- column held     integer  activities that name it
-- column held_by  integer  units that held them
-- column last_on  date     day of the last one
-- column is_idle  integer  1 where no activity of the span names it
with named as (
    select
        trim(unnest(string_split(regexp_replace(business_offices, '[，,;；/\s]+', '、', 'g'), '、'))) as office,
        unit,
        held_on,
        held_on between $start and $until
            and unit in (select unnest($units))
            and type in (select unnest($types)) as is_counted
    from marts.activities
    where business_offices is not null
)

select
    office,
    count(*) filter (where is_counted)            as held,
    count(distinct unit) filter (where is_counted) as held_by,
    max(held_on) filter (where is_counted)        as last_on,
    cast(not bool_or(is_counted) as integer)      as is_idle
from named
where office <> ''
group by office
order by held desc, office
