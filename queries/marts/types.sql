-- Which kinds of activity are there, and how does each count?
--
-- column type         text     one row per kind of activity
-- column position     integer  order on the screen
-- column is_anchored  boolean  has a legitimate season; never counted for a rush
-- column duty         text     education, management, supervision or service; empty where it is none of them
-- column is_learning  boolean  its time counts towards the hours of learning
select
    type,
    position,
    anchored as is_anchored,
    duty,
    learning as is_learning
from facts.types
