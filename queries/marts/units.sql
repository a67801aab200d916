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
    is_registered
from facts.units
