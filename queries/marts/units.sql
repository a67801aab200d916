-- Which units are there, in the order of the tree?
--
-- column unit           text     one row per unit
-- column parent         text
-- column kind           text     organ, department, office or branch
-- column depth          integer
-- column path           text
-- column position       integer  place in the tree, from the top down, in the order of the register
-- column founded_on     date
-- column members        integer  people
-- column groups         integer
-- column has_committee  boolean
-- column leaders        integer  people
-- column peer_group     text
-- column is_registered  boolean
-- column is_own_office  boolean  the organ's own office: so registered, or its name or a unit above it says 本级
-- column is_leaders     boolean  where leaders are members: two or more, and a tenth of the members or more
select
    unit,
    parent,
    kind,
    depth,
    path,
    position,
    founded_on,
    members,
    groups,
    has_committee,
    leaders,
    peer_group,
    is_registered,
    kind = 'office' or (kind = 'branch' and strpos(path, '本级') > 0)                       as is_own_office,
    kind in ('branch', 'office') and coalesce(leaders >= 2 and leaders * 10 >= members, false) as is_leaders
from facts.units
