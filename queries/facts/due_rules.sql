-- What is due, of which kind, how often, under the profile that is in force?
--
-- column rule             text     one row per rule
-- column type             text
-- column every            text     month, quarter or year
-- column times            integer  how many are due in each period
-- column times_per_group  boolean  multiplied by the number of party groups
-- column only_with        text     committee or groups: due only where the unit has one
-- column clause           text
select
    rule,
    type,
    every,
    times,
    times_per_group,
    only_with,
    clause
from raw.due_rules
