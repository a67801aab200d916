-- Which units are there, in the order of the tree?
--
-- column unit      text
-- column parent    text
-- column kind      text
-- column depth     integer
-- column path      text
-- column position  integer
select
    unit,
    parent,
    kind,
    depth,
    path,
    position
from marts.units
order by position
