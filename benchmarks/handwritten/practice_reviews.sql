SELECT
    quarter,
    -- counts
    count(*) FILTER (days_commissioned >= 0) AS practice_reviews_commissioned,
    count(*) FILTER (published_on IS NULL) AS practice_reviews_open,
    count(due_on) FILTER (published_on IS NULL) AS practice_reviews_open_with_a_due_day,
    count(published_on) AS practice_reviews_published,
    coalesce(sum(learning_points) FILTER (published_on IS NOT NULL), 0) AS practice_review_learning_points,
    -- out of practice_reviews_open_with_a_due_day
    count(*) FILTER (published_on IS NULL AND days_past_due > 0) AS practice_reviews_overdue,
    -- out of practice_reviews_published
    count(*) FILTER (published_on - commissioned_on <= 184) AS practice_reviews_published_within_6_months,
    count(*) FILTER (published_on - commissioned_on <= 366) AS practice_reviews_published_within_12_months
FROM facts.practice_reviews
GROUP BY quarter
ORDER BY quarter
