"""Sentences that were written once the reader stood, in three batches, with what it made of each at first sight: 27 of
30 good ones taken and 29 of 30 activities handed back; 58 of 65 and 60 of 65; 28 of 30 and 30 of 30. What it missed was
mended before the next batch was written."""

GOOD = """\
Trim the average hold time on our hotline from 6 to 2 minutes
Grow the number of shops that receive a payout within a day to 8,000
See 35% of readers return the following week
Ensure that fewer than 1 in 200 rides is cancelled by the driver
Deliver a 12% uplift in completed bookings by Easter
Customers rate their stay 4.7 or better
Bring churn in the starter plan down from 5.2% to 4%
Increase the percentage of claims settled without a phone call by 9 pp
Have 1 million downloads by the end of 2027
Search returns no result in fewer than 4% of cases
Get to 99.9% successful logins
Reduce the number of steps needed to book from 9 to 4
Improve battery life by 2 hours
Ship 98% of orders on the day they are placed
Reduce "where is my order" contacts by 40%
Make it possible for 9 of 10 guests to check in without queueing
Attract 2,500 first-time donors this winter
Cut perceived load time on slow phones by half a second
Lift the on-time arrival rate of our trains to 93%
Speed up claim decisions by 3 days
Raise the daily listening time per subscriber from 41 to 50 minutes
Push mobile conversion up 0.4 percentage points in Q1
Keep the share of wrong items in a basket at or below 0.5%
More than half of all returns are refunded the same day
Drive a 20% increase in gift card redemptions
Reduce abandoned applications by a quarter
Earn a trust score of 80 in the yearly survey
Bounce rate on landing pages under 35%
Support replies within 1 hour for 95% of premium customers
Lose no more than 2% of migrated customers
Improve NPS by 10 points
Reduce customer acquisition cost by 10%
Achieve $1M ARR
Close 20 enterprise deals
Increase Instagram followers from 10K to 25K
Decrease average ticket resolution time from 24h to 12h
Maintain gross margin above 60%
Increase free-to-paid conversion from 3% to 5%
Reach a 4.8 app rating
Grow organic traffic by 40% YoY
Reduce mean time to recovery to under 30 minutes
Increase DAU/MAU ratio from 0.3 to 0.4
Increase average session duration by 2 minutes
Decrease unsubscribe rate to less than 0.5%
Get 50% of trial users to invite a teammate
Increase customer lifetime value by 20%
Achieve 95% on-time delivery
Increase upsell revenue from existing accounts by 25%
Reduce the number of critical bugs reported by customers by 50%
Hit 1,000 paying customers
Improve Google Lighthouse performance score from 60 to 90
Generate $200,000 in new sales pipeline
Increase email open rate from 18% to 25%
Increase market share in France by 2 points
Lower bounce rate from 65% to 45%
Have less than 1% payment failures
Reduce wait time in the emergency room by 15 minutes
Increase the number of returning visitors by 30 percent
Achieve a retention rate of at least 85%
Customer effort score from 3.2 to 2.5
Decrease first response time by 50%
Raise our Trustpilot rating to 4.5
Sell 10,000 units in the first month
Sign up 100 beta users
Increase ad revenue per visitor by 2%
Lose less than 0.1% of conversion
Reduce time to interactive to 2s on 3G
Reduce food waste per meal by 20 grams
Increase click through rate on recommendations 0.5pp
Win back 10% of churned customers
Double trial-to-paid conversion rate
Onboard 50 paying customers in under a day each
Increase the share of customers who are contacted within 24 hours of ordering to 90%
Increase form completion to 75%
Media uploads finish 200 ms faster
Bring average wait time below 3 minutes
Increase seats sold per flight by 4
Increase same-store sales 5%
Cut delivery emissions by 1/3
Get our app to a 4.5 star rating
Become the first choice for 30% of students
Reduce p99 latency of the feed from 900ms to 400ms
2x the number of weekly reports customers export
Improve accuracy of delivery estimates to within 10 minutes
Enable 500 merchants to sell abroad
Increase the win rate of small sellers in auctions from 12 % to 15 %
Reduce refund requests per 1000 orders from 12 to 8
Grow the community to 20k members
Raise on-shelf availability to 97.5%
Reduce churned seats by 300 per month
Improve search click-through so that 60% of searches end in a click
Checkout conversion rises from 3.2% to 3.6% by 31 March 2027
At least 1 in 3 visitors uses the size guide
Drive 30% more bookings from mobile
Guests wait less than 4 minutes at the bar
Reduce the share of orders arriving damaged from 2.4% to under 1%
Increase Net Promoter Score to 60 or more
Deepen engagement: increase lessons finished per learner per week from 2 to 4
Average rating of delivery partners of at least 4.8
Bookings per visitor up 6% by the end of next quarter
Shrink the app download size to 40 MB
Grow paid seats 25% year over year
Reduce median time from sign-up to first invoice to 1 day
Lower the monthly bill of a typical household by $12
Increase correct first answers of the bot to 70%
Ensure 99% of messages are delivered within 5 seconds
Get average shipping cost per parcel under €3
Increase NPS of enterprise customers by at least 12 points by December 2027
Improve the accessibility score of the shop from 71 to 95
Raise voucher redemption to one in four
Reduce double charges to zero
Make sure no customer waits longer than 10 minutes
Let 75% of sellers list an item in under 2 minutes
Increase the adoption of electronic receipts among shoppers to 60 percent by autumn
Bring 3,000 lapsed members back
Reduce energy use per stay by 8 kWh
Boost the average tip by 50 cents
Cut queue length at peak from 14 people to 5
Keep refunds under 2% of sales
Drive same-week repeat visits from 8% to 11%
Prevent 500 fraudulent orders a month
Enlarge the share of households that pay on time to 98%
Increase conversion of the pricing page from 2.0 % to 2.6 % through clearer plans
Save shoppers 20 seconds at payment
""".splitlines()

ACTIVITIES = """\
Ramp up the beta programme
Move the checkout team to the new framework
Produce a brand film
Invite 50 customers to a summit in May
Switch to a usage-based price model
Carry out usability tests with 8 people
Draft the terms for marketplace sellers
Merge the two loyalty schemes
Open three pop-up stores
Buy a licence for the analytics suite
Cover 100% of the code with linters
Visit every warehouse once a quarter
Transition all teams to the new planning tool
Localise the help centre for Japan
Get the legal team's approval for the new terms
Make the pricing page responsive
Drive the implementation of the data platform
Enable push notifications
Ship the iPad app by 15 May
Provide training on the new returns process
Work with finance on a new forecast
Put a chat widget on every page
Continue the cooperation with the university
Bring the new warehouse online
Define and track 10 KPIs
Start selling gift cards
Take part in two industry panels
Offer free shipping in December
Simplify the cancellation flow
Evaluate 4 vendors for identity checks
Launch v2 to 100% of users
Complete security audit
Conduct 5 user tests per sprint
Get featured in 5 publications
Secure 3 partnerships
Publish 4 case studies
Ensure 100% of employees complete training
Implement Salesforce by Q2
Create a brand style guide
Hire 3 senior designers by June
Design and build a self-service portal
Run two A/B tests every week
Deliver the API documentation
Define a go-to-market plan for Germany
Improve team communication
Organise a hackathon
Get 3 new suppliers under contract
Reach out to 100 prospects
Hold 20 discovery calls
Make 50 cold calls per day
Close the books within 5 days
Have a working prototype by March
Be the most loved brand
Increase awareness
Build 3 new integrations with partners
Implement automated testing for 80% of the codebase
Make a decision on the vendor
Keep the wiki up to date
Ship one feature each sprint
Move to microservices
Cut over to the new data centre
Attend the AWS summit
Do a retrospective after each release
Take the pricing page live
Add 5 FAQ entries
Set OKRs for every team
Present results to the board
Grow the sales team by 5 people
Write 10 blog articles about travel
Meet with 30 customers each month
Put in place a new escalation process
Lead the migration to the new ERP
Raise a Series B of $20M
Double down on enterprise
Bring customer support in-house
Send 3 emails to lapsed users
Get the team trained on Figma
Produce 6 videos for YouTube
Reduce technical debt
Map the customer journey
Respond to the RFP by Monday
Expand into Italy and Spain
Prototype three concepts for the home page
Finalize Q3 budget
Build a team of 8 people
Rewrite the billing system in Go
Get SOC2 certified
Achieve feature parity with the old app
Return to office 3 days a week
Support the launch of the new store
Turn on dark mode for everybody
Collect feedback from 100 users
Start the rollout in 4 regions
Install sensors in 30 stores
Open 15 new stores
Design the new loyalty card
Deliver phase 1 of the data warehouse
Update the terms of service
Schedule 12 roadmap reviews
Ensure the launch of the campaign in May
Hire and train 10 couriers
Improve cooperation between design and engineering
Achieve alignment on the roadmap
Create awareness for the brand
Take over the support of the legacy product
Make a plan for the peak season
Complete the certification of 25 agents
Roll out tablets to 300 stores
Provide weekly reports to the board
Build trust with regulators
Move 3 teams to the new office
Win the tender of the city
Offer 2 new subscription plans
Support 5 languages
Bring two new features to beta
Be present at 4 conferences
Help the sales team with the pitch deck
Launch an ad campaign with a budget of $50,000
Perform load tests before the holidays
Ask 100 customers about their needs
Turn the prototype into a product
Deprecate v1 of the API by 1 July
Reach agreement with the unions
Have 3 people certified in first aid
Handle the migration of the Italian shop
""".splitlines()
