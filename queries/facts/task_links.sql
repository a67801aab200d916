-- Which activity served which key task of its year?
--
-- column activity  text  one row per activity and task it names: by number where the words are one, else by words that contain one another
-- column task      text
with activities as (
    select activities.key, activities.task as words, year(activities.held_on) as year
    from raw.activities as activities
    join raw.batches as batches on batches.batch = activities.batch
    where batches.undone_at is null and activities.task is not null
    qualify row_number() over (partition by activities.key order by activities.batch desc, activities.record) = 1
),

standing as (
    select tasks.task, tasks.number, year(tasks.quarter) as year
    from raw.tasks as tasks
    join raw.batches as batches on batches.batch = tasks.batch
    where batches.undone_at is null
    qualify row_number() over (partition by tasks.key order by tasks.batch desc, tasks.record) = 1
),

tasks as (
    select distinct task, number, year from standing
),

numbers as (
    select distinct number, year from standing where number is not null
),

wordings as (
    select activities.words, activities.year, numbers.number is not null as is_number
    from activities
    left join numbers on numbers.number = activities.words and numbers.year = activities.year
    group by activities.words, activities.year, numbers.number
),

matches as (
    select distinct wordings.words, wordings.year, tasks.task
    from wordings
    join tasks
        on tasks.year = wordings.year
        and case
            when wordings.is_number then wordings.words = tasks.number
            else strpos(wordings.words, tasks.task) > 0 or strpos(tasks.task, wordings.words) > 0
        end
)

select distinct
    activities.key as activity,
    matches.task
from activities
join matches on matches.words = activities.words and matches.year = activities.year
