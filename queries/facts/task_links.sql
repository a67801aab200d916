-- Which activity served which key task of its year?
--
-- column activity  text  one row per activity and task it names: by number where the words are one, else by words that contain one another
-- column task      text
with activities as (
    select key, task as words, year(held_on) as year
    from raw.standing_activities
    where task is not null
),

tasks as (
    select distinct task, number, year(quarter) as year from raw.standing_tasks
),

numbers as (
    select distinct number, year from tasks where number is not null
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
