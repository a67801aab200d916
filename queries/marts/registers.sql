-- What did each register say of each unit's people, and what of it is the unit's own and not the total of the units below?
--
-- column unit               text     one row per unit and quarter
-- column quarter            date     first day of the quarter; empty where the register does not say
-- column is_lowest          boolean  a branch or office: no unit of the register stands below it
-- column members            integer  people
-- column members_young      integer  members born after 1980
-- column members_under35    integer  members up to 35
-- column members_over60     integer  members over 60
-- column members_new        integer  members for under ten years
-- column members_veteran    integer  members for thirty years or more
-- column mean_age           double   years; of the members
-- column exempt_members     integer  members of whom attendance is not demanded
-- column leaders            integer  people
-- column staff              integer  everybody who works in the organ; empty where it is the total of the units below
-- column officers           integer  people who do party-affairs work; empty where it is the total of the units below
-- column officers_fulltime  integer  of these, full-time; empty where officers is
-- column officers_changed   integer  of these, replaced during the quarter; empty where officers is
-- column officers_mean_age  double   years
-- column officers_hours     double   h; training per officer since January
with below as (
    select
        upper.unit,
        registers.quarter,
        sum(registers.staff) as staff,
        sum(registers.officers) as officers
    from facts.units as upper
    join facts.units as lower on strpos(lower.path, upper.path || ' / ') = 1 and lower.kind in ('branch', 'office')
    join facts.registers as registers on registers.unit = lower.unit
    where upper.kind in ('organ', 'department')
    group by upper.unit, registers.quarter
),

own as (
    select
        registers.*,
        units.kind in ('branch', 'office') as is_lowest,
        registers.staff >= coalesce(below.staff, registers.staff + 1) as is_staff_total,
        registers.officers >= coalesce(below.officers, registers.officers + 1) as is_officers_total
    from facts.registers as registers
    join facts.units as units on units.unit = registers.unit
    left join below on below.unit = registers.unit and below.quarter = registers.quarter
)

select
    unit,
    quarter,
    is_lowest,
    members,
    members_young,
    members_under35,
    members_over60,
    members_new,
    members_veteran,
    mean_age,
    exempt_members,
    leaders,
    case when not is_staff_total then staff end as staff,
    case when not is_officers_total then officers end as officers,
    case when not is_officers_total then officers_fulltime end as officers_fulltime,
    case when not is_officers_total then officers_changed end as officers_changed,
    officers_mean_age,
    officers_hours
from own
