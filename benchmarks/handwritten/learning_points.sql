SELECT
    quarter,
    -- counts
    count(*) FILTER (state <> 'Done') AS learning_points_open,
    count(*) FILTER (state = 'Done') AS learning_points_done,
    -- out of learning_points_open
    count(*) FILTER (state <> 'Done' AND days_past_due > 0) AS learning_points_overdue,
    -- out of learning_points_done
    count(*) FILTER (state = 'Done' AND done_on <= due_on) AS learning_points_done_in_time
FROM facts.learning_points
GROUP BY quarter
ORDER BY quarter
