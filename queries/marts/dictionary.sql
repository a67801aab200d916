-- Which words put a cell into which list?
--
-- column name  text  one row per list and word; small, broad, digital, goal, division, supplies, or a preset of stale forms
-- column word  text  a cell that contains it belongs to the list
select
    name,
    word
from facts.dictionary
