-- How many members did each unit have in each year?
--
-- column unit     text     one row per unit and year it reported in, where a register gives its members
-- column year     integer
-- column members  integer  people; by the newest register of the year or before, else by the first one after it
with years as (
    select distinct unit, year(month) as year from facts.coverage
),

known as (
    select
        years.unit,
        years.year,
        registers.members,
        coalesce(year(registers.quarter) > years.year, true)                                          as is_after,
        abs(date_diff('day', registers.quarter, make_date(years.year, 12, 31)))                       as days_apart
    from years
    join facts.registers as registers on registers.unit = years.unit
    where registers.members is not null
),

nearest as (
    select
        unit,
        year,
        members,
        row_number() over (partition by unit, year order by is_after, days_apart nulls last, members, unit) as place
    from known
)

select
    unit,
    year,
    members
from nearest
where place = 1
