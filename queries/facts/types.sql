-- Which kinds of activity are there, and how does each count?
--
-- column type           text     one row per kind of activity
-- column position       integer  order on the screen
-- column prescribed     boolean  规定动作: prescribed by regulation
-- column discretionary  boolean  the unit chooses the subject, so a link to business can be asked of it
-- column anchored       boolean  has a legitimate season; never counted for a rush
-- column duty           text     education, management, supervision or service; empty where it is none of them
-- column learning       boolean  its time counts towards the hours of learning
select
    type,
    position,
    prescribed,
    discretionary,
    anchored,
    duty,
    learning
from raw.types
