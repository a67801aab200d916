-- Which rewards, deductions and uses of results were recorded?
--
-- column unit         text     one row per reward, deduction or use; a quarter's total is left out where its items are there
-- column direction    text     reward, deduction, grade, talk or rectify
-- column points       double
-- column reason       text
-- column happened_on  date
-- column recorded_on  date
-- column fed_back_on  date     day the unit was told
-- column known_on     date     day recorded, else day happened
-- column quarter      date     first day of the quarter; where the sheet names none, that of the day known
-- column is_total     boolean  a quarter's points in one cell, without reason or day
with entries as (
    select
        unit,
        direction,
        points,
        reason,
        happened_on,
        recorded_on,
        fed_back_on,
        coalesce(recorded_on, happened_on) as known_on,
        coalesce(
            quarter,
            make_date(year(coalesce(recorded_on, happened_on)), 3 * quarter(coalesce(recorded_on, happened_on)) - 2, 1)
        ) as quarter,
        reason is null and happened_on is null and recorded_on is null as is_total
    from raw.standing_adjustments
),

-- The quarterly summary sums up what the ledger of rewards and deductions itemises: counted once.
itemised as (
    select distinct unit, direction, quarter
    from entries
    where not is_total
)

select
    entries.unit,
    entries.direction,
    entries.points,
    entries.reason,
    entries.happened_on,
    entries.recorded_on,
    entries.fed_back_on,
    entries.known_on,
    entries.quarter,
    entries.is_total
from entries
left join itemised
    on entries.is_total
    and itemised.unit = entries.unit
    and itemised.direction = entries.direction
    and itemised.quarter = entries.quarter
where itemised.unit is null
