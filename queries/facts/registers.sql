-- What did each register say of each unit's people?
--
-- column unit               text     one row per unit and quarter, as the register words it
-- column quarter            date     first day of the quarter; empty where the register does not say
-- column members            integer  people
-- column members_young      integer  members born after 1980
-- column members_under35    integer  members up to 35
-- column members_over60     integer  members over 60
-- column members_new        integer  members for under ten years
-- column members_veteran    integer  members for thirty years or more
-- column mean_age           double   years; of the members
-- column exempt_members     integer  members of whom attendance is not demanded
-- column leaders            integer  people
-- column staff              integer  everybody who works in the organ
-- column officers           integer  people who do party-affairs work
-- column officers_fulltime  integer  of these, full-time
-- column officers_changed   integer  of these, replaced during the quarter
-- column officers_mean_age  double   years
-- column officers_hours     double   h; training per officer since January
select
    unit,
    quarter,
    members,
    members_young,
    members_under35,
    members_over60,
    members_new,
    members_veteran,
    mean_age,
    exempt_members,
    leaders,
    staff,
    officers,
    officers_fulltime,
    officers_changed,
    officers_mean_age,
    officers_hours
from raw.standing_units
