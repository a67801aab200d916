-- Which words put a cell into which list?
--
-- column name      text     one row per list and word; a list of data/rules/dictionaries.toml, or a preset of stale forms
-- column word      text     a cell that contains it belongs to the list
-- column position  integer  its place in the list, from 0; where one word is to be named, the first decides
select
    name,
    word,
    position
from raw.dictionary
