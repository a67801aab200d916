-- Which sync steps exist in the lists of the report?
--
-- column step      text     one row per list and step
-- column preset    text     five or six
-- column position  integer  order in the list
select
    step,
    preset,
    position
from facts.sync_steps
