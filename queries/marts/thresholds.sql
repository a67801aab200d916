-- At which numbers does a picture draw its line?
--
-- column name   text    one row per threshold of data/rules/thresholds.toml
-- column value  double
select
    name,
    value
from facts.thresholds
