"""Sentences as teams write them when they are asked for an objective: 75 that end in a figure that a customer feels,
75 that say what somebody will do."""

GOOD = """\
Increase same-day delivery adoption by 15%
Reduce latency for media uploads by 200 ms
Boost ad click-through rate by 0.3 points
Raise the share of trial accounts that become paying from 4% to 6%
Cut the time to a first successful project from 18 minutes to 8
Grow weekly active households to 1.2 million by 30 June 2027
Lower 30-day churn from 9% to 6.5%
Bring the average answer time in chat under 40 seconds
Get NPS above 50 among returning customers
Halve the number of calls about invoices
Double the share of orders that arrive the next day
Improve app store rating from 3.9 to 4.5
Lift repeat purchases within 60 days by 8 per cent
Reach 10,000 monthly visits from search by the end of Q2
80% of new users finish setup within ten minutes
At least 95% of parcels arrive on the promised day
Keep p95 search latency below 250 ms
Maintain 99.95% uptime through the holidays
Reduce cart abandonment by three percentage points
Shorten refund time from nine days to three
Drop crash rate below 0.1% of sessions
Win 200 new business customers by year end
Acquire 5,000 newsletter subscribers
Generate 500 qualified leads a month
Resolve 85% of support tickets on first contact
Answer nine in ten calls within 30 seconds
Save each customer 30 minutes a week
Make checkout 20% faster on mobile
Increase average basket value by $4
Raise average order value from €42 to €48
Decrease the error rate of address entry by a third
Our goal is to increase the activation rate to 45%
We want to cut waiting time at the counter by 5 minutes
Retail: Increase click-and-collect orders by 12% by March
To reduce failed payments from 3.1% to 2%
Help 1,000 families find a flat within two weeks
Achieve an average review score of 4.6 stars
Hit a customer satisfaction of 92%
Attain a CSAT of 4.5 out of 5
Exceed 70% week-4 retention for creators
Earn 300 five-star reviews
Convert 12% of free users to a paid plan
Retain 92% of annual subscribers
Churn below 2% by the end of the year
Time to first response under 2 hours
Conversion from product page to cart: 6% → 8%
NPS from 31 to 45
Average delivery time down to 2 days
Page load time under 1.5 seconds for 90% of visits
Zero orders lost between cart and warehouse
No more than 5 complaints per 1,000 deliveries
Fewer than 3 outages per quarter felt by customers
Sign-up completion up 10%
15% more customers reorder within a month
A 25% reduction in returned shoes
Push the share of self-service bookings past 60%
Triple the number of merchants with a first sale in 7 days
Slash onboarding time for new shops by 50%
Grow subscription revenue from $2M to $3M
Increase monthly recurring revenue by 18% by September
Expand the share of users who search with voice to 20%
Strengthen loyalty: raise repeat rate from 28% to 35%
Minimise late deliveries to under 1% of orders
Eliminate 90% of duplicate accounts
Deliver 97% of groceries within the chosen hour
Ensure 98% of refunds are paid within 48 hours
Load the home screen in less than one second
Let customers cancel in under 60 seconds
Launch guest checkout to raise mobile conversion by 1.5 points
Rework the help centre so that contacts per order fall by 20%
Improve first-contact resolution by 10 percentage points
Increase the number of patients seen within 24 hours by 30%
Get 40% of riders to rate their trip
Boost video completion rate to at least 65%
Reduce the cost per delivery for customers by 10%
""".splitlines()

ACTIVITIES = """\
Launch the redesign
Launch the new checkout by the end of Q1
Ship version 2 of the mobile app
Hire 5 backend engineers
Migrate the order database to PostgreSQL
Publish 12 blog posts
Run 10 customer interviews
Conduct a satisfaction survey
Build a dashboard for delivery times
Implement single sign-on
Write the pricing strategy
Train 200 support agents
Roll out the new CRM to all sales teams
Redesign the onboarding flow
Create a customer advisory board
Organise 4 webinars
Post 30 times on Instagram
Renegotiate the contracts with three carriers
Complete phase 2 of the warehouse project
Deliver 3 workshops on accessibility
Finalise the roadmap for 2027
Introduce a loyalty programme
Set up weekly business reviews
Establish a design system
Document all public APIs
Refactor the payment service
Replace the search engine by June
Integrate with two new payment providers
Automate the monthly report
Open an office in Lisbon
Attend 5 trade fairs
Add dark mode
Add 3 payment methods
Release 4 new features
Test two price points
Prepare the launch in Spain
Research the needs of small merchants
Interview 20 churned customers
Define the ideal customer profile
Upgrade all servers to the newest version
Move 100% of workloads to the cloud
Review every support macro
Audit the 50 most visited help pages
Run an A/B test on the product page
Kick off the partner programme
Start a podcast
Translate the app into six languages
Develop a machine-learning model for demand
Design a new packaging
Improve our documentation by 1 May
Sunset the legacy API
Decommission 12 old services
Obtain ISO 27001 certification
Achieve SOC 2 compliance
Sign a contract with a second supplier
Host a conference for 300 developers
Send a monthly newsletter to all customers
Recruit a head of research
Restructure the growth team
Rebrand the product
Conduct quarterly training for all staff
Hold weekly stand-ups with the carriers
Analyse the data of last winter
Pilot lockers in 10 cities
Expand to 5 new markets
Onboard 6 new engineers
Create 20 video tutorials
Socialise the plan with 5 teams
Investigate why customers leave
Consolidate four dashboards into one
We will launch a referral programme in Q2
Our team wants to build a new recommendation engine
Complete 90% of the roadmap
Deploy the fraud model in all regions
Finish the migration of 40 services
""".splitlines()
