SELECT
    quarter,
    -- counts
    count(*) FILTER (question = 'Key males recorded' AND answer IN ('Yes', 'No')) AS asked_about_key_males,
    count(*) FILTER (question = 'Adult aware who is involved' AND answer IN ('Yes', 'No')) AS asked_about_awareness,
    -- out of asked_about_key_males
    count(*) FILTER (question = 'Key males recorded' AND answer = 'Yes') AS audit_key_males_recorded,
    -- out of asked_about_awareness
    count(*) FILTER (question = 'Adult aware who is involved' AND answer = 'No') AS audit_adult_not_aware
FROM facts.case_audits
GROUP BY quarter
ORDER BY quarter
