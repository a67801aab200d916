-- By which words of its topic does a meeting count as another kind as well?
--
-- column type  text  one row per kind of activity and word
-- column word  text
select
    type,
    word
from raw.type_words
