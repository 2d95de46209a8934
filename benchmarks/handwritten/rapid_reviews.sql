SELECT
    quarter,
    -- counts
    count(*) AS rapid_reviews,
    sum(children_involved) AS rapid_review_children,
    -- out of rapid_reviews
    count(*) FILTER (list_contains(themes, 'Understanding of complex trauma in assessing risk')) AS rapid_reviews_complex_trauma,
    count(*) FILTER (list_contains(themes, 'Information sharing and seeking')) AS rapid_reviews_information_sharing,
    count(*) FILTER (list_contains(themes, 'Working with men')) AS rapid_reviews_working_with_men,
    count(*) FILTER (list_contains(themes, 'S.47 processes - roles and responsibilities')) AS rapid_reviews_s47_processes,
    count(*) FILTER (list_contains(themes, 'Safer sleep')) AS rapid_reviews_safer_sleep,
    count(*) FILTER (list_contains(themes, 'Harmful sexual behaviour')) AS rapid_reviews_harmful_sexual_behaviour,
    count(*) FILTER (days_to_notify <= 5) AS rapid_reviews_notified_in_time,
    count(*) FILTER (days_to_complete <= 15) AS rapid_reviews_completed_in_time
FROM facts.rapid_reviews
GROUP BY quarter
ORDER BY quarter
