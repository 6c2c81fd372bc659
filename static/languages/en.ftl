# What the pages, maps and embeds say. One file a language; its name is the language's tag (BCP 47).
# A file with the same messages in another language is all that a further language needs; what it lacks is said in English.

## The language itself

# Its own name, as the switch shows it.
language-name = English
# The sign between groups of three digits, and the one before decimals.
number-group = { "," }
number-decimal = { "." }
date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
# How a list ends. $letter and $start are the first letter and the first two letters of the last item, small and without accents.
list-last = { $head } and { $last }
list-more = { $head } and { $more } more
quoted = “{ $text }”

## Quantities

partners = { $count ->
    [one] { $number } partner
   *[other] { $number } partners
}
regions = { $count ->
    [one] { $number } region
   *[other] { $number } regions
}
states = { $count ->
    [one] { $number } state or territory
   *[other] { $number } states and territories
}
share-none = none
share-all = all
share-tiny = less than 1%
share-nearly-all = more than 99%
share-about = about { $percent }%
share-unknown = unknown
people-none = none of the people
people-all = all of the people
people-tiny = less than 1% of the people
people-nearly-all = more than 99% of the people
people-about = about { $percent }% of the people
# $feet and $miles are the same distance in the measures of the United States.
distance-small = less than { $feet } feet ({ $number } m)
distance-feet = { $feet } feet ({ $number } m)
distance-metres = { $miles } miles ({ $number } m)
distance-kilometres = { $miles } miles ({ $number } km)
direction-north = north
direction-north-east = north-east
direction-east = east
direction-south-east = south-east
direction-south = south
direction-south-west = south-west
direction-west = west
direction-north-west = north-west
away = { $distance } { $direction }

## What was asked about

subject-position = The position { $position }
subject-position-in = { $area } (at { $position })
subject-zip = ZIP { $zip } ({ $place })
understood-position-in = { $position }, in { $area }
understood-zip = ZIP { $zip }, { $place }
understood-zip-military = ZIP { $zip }, { $place }, military mail
understood-retired = { $name } (county { $geoid }, no longer in use)
understood-place = { $place }, in { $county }
understood-region = { $name }, a program region
understood-partner = the partner { $name }
part-rest = The rest of { $county }

## The verdict: heading and title of an answer

# Ends a verdict about one course; empty otherwise.
for-course = { " " }for { $course }
verdict-covered = { $name } has a partner{ $for-course }: { $partners }
verdict-covered-funded = { $name } has a partner{ $for-course }: { $partners }, with funding from { $funders }
verdict-covered-several = { $name } has { $number }{ $for-course }: { $partners }
verdict-partly = { $name } is partly covered: { $share } have a partner{ $for-course }
verdict-partly-somewhere = { $name } is partly covered: only a part of it has a partner{ $for-course }
verdict-pending = { $name } has no partner{ $for-course } yet: an application is under review
verdict-open = { $name } has no partner{ $for-course } yet
verdict-open-until = { $name } has no partner{ $for-course } until { $day }, when { $partner } starts
verdict-military = { $name } is military or diplomatic mail and lies in no region
verdict-state-outside = { $name } is outside the program’s service area
verdict-outside-in = { $name } lies in { $state }, outside the program’s service area
verdict-outside = { $name } lies outside every region on the map
verdict-no-zip = The ZIP { $input } does not exist
verdict-no-state = The state { $input } was not found
verdict-no-county = The county { $input } was not found
verdict-no-region = The region { $input } was not found
verdict-no-partner = The organisation { $input } was not found
verdict-nothing = { $input } was not found
verdict-did-you-mean = { $input } is not quite clear: did you mean { $choice }?
verdict-several = { $input } can mean several things: choose one
verdict-partner-serves = { $name } serves { $regions }{ $for-course }
verdict-partner-starts = { $name } starts on { $day }
verdict-partner-idle = { $name } serves no region{ $for-course } on { $day }

## What a status is called

status-covered = Has a partner
status-partly = Partly covered
status-pending = Application under review
status-open = No partner yet
status-pending-part = { $status }; an application is under review for a part
status-outside = Outside
status-not-found = Not found
status-ambiguous = Several meanings

## What to do now

step-contact = Contact { $partner }
step-apply = Apply to become the partner here
step-wait = Applications open on { $day }: see how to apply
step-program = Ask the program team
step-pending = Ask the program team about the application
step-choose = Choose the one you mean
step-zip = Enter the ZIP of the school
step-spelling = Check the spelling and try again
step-street = Add the town and state, or the ZIP
step-closed = Applications are closed: ask the program team

## The season of applications

season-open = Applications are open.
season-open-until = Applications are open until { $day }, that day included.
season-opens = Applications open on { $day }.
season-closed = Applications are closed.

## Notes

note-zip-taken = The ZIP { $zip } was taken from the text; the rest of it was not looked at.
note-place-taken = { $place } was taken from the text; the rest of it was not looked at.
note-zip-padded = The ZIP had lost its leading zeros; it was read as { $zip }.
note-axes-exchanged = Latitude and longitude stood in the other order; they were exchanged.
note-looks-exchanged = With latitude and longitude exchanged, the position would lie inside: are they in the right order?
note-longitude-wrapped = The longitude lay beyond ±180 degrees; it was brought back into range.
note-also-named = The same name also belongs to: { $names }.
note-street-alone = A street address needs its town and state, or the ZIP of the school.
note-retired = This county is not in use since { $day } ({ $reason }); the answer is that of { $successors }.
note-military = Military and diplomatic mail lies in no county; the program can say who serves its schools.
note-point-zip = This ZIP is a post office box or a single building; the answer is that of { $county }.
note-some-zips = { $count ->
    [one] One ZIP in { $county } is assigned by itself; enter the school’s ZIP to be sure.
   *[other] { $number } ZIPs in { $county } are assigned by themselves; enter the school’s ZIP to be sure.
}
note-each-zip = In { $county } each ZIP is assigned by itself; the ZIP of the school tells its partner.
note-split-by-area = The border of { $region } cuts through { $county }; shares there are estimated by area.
note-shares-by-area = Nobody counted the people here; shares are by area.
note-within-resolution = The position lies just outside { $area }, by less than the map is exact ({ $distance }); it counts as inside.
note-outside-service-area = The program does not promise to cover { $state }.
note-pending-part = An application is under review for a part of it: { $parts }.
note-pending-inside = An application is under review for an area that has a partner already.
note-promised = { $partner } starts on { $day } and will serve all of it.
note-small-parts = Parts with less than 1% of the people together are listed, but do not change the answer.
note-serves-nothing = { $partner } serves no region on this day.
note-positions-off = Positions cannot be looked up here, because { $file } is missing.
note-zips-off = ZIPs cannot be looked up here, because { $file } is missing.
note-states-off = States cannot be looked up here, because { $file } is missing.
note-counties-off = Counties cannot be looked up here, because { $file } is missing.
note-places-off = Places cannot be looked up here, because { $file } is missing.
note-regions-off = Program regions cannot be looked up here, because { $file } is missing.
note-partners-off = Partners cannot be looked up here, because { $file } is missing.
note-names-off = Names cannot be looked up here, because { $file } is missing.

## Every page

nav-home = Home
nav-partners = Where we have partners
nav-name = Main
nav-menu = Menu
skip = Skip to the content
languages = Language
as-of = As of { $day }, data { $generation }.

## The search form

search = Does my region have a partner?
search-hint = The school’s ZIP is best. A town, county, state, address or coordinates work too.
search-course = Course
search-any-course = Any course
search-day = Date (today if empty)
search-filters = Course and date
search-filter-day = Date
search-button = Check
search-zip = School’s ZIP
search-example = ZIP or town
search-more = More about it
search-unanswered = This copy of the site answers ZIPs. Enter the five digits of the school’s ZIP, or choose its state below.
zips-title = ZIPs by their first three digits
zips-lede = Choose the first three digits of the school’s ZIP, then the ZIP.
zips-with = ZIPs that begin with { $digits }
zips-description = Whether there is a partner for each ZIP that begins with { $digits }, and what to do next.
zips-all = All ZIPs that begin with { $digits }
zips-absent = No ZIP has these five digits. Please check them.
suggestions = Suggestions
locate = Use my location
locate-looking = Finding out where you are …
locate-denied = Your browser may not say where you are. Type the school’s ZIP instead.
locate-unknown = Your browser could not find out where you are. Type the school’s ZIP instead.
locate-failed = The service could not be reached. Nothing is wrong with your location: please try again.

## Answers

asked = You asked for { $input }.
understood = Taken for: { $subject }.
heading-who = Who serves it
heading-parts = Its parts
parts-all = All { $number } parts
parts-by-status = { $status }: { $number }
also-named-all = Everything else of this name ({ $number })
heading-upcoming = Starting later
heading-near-border = Close to a border
heading-nearest = Nearest region
heading-nearest-partners = Nearest partners
heading-choices = Did you mean
heading-notes = Good to know
heading-map = The map
heading-by-state = Partners by state
column-area = Area
column-people = People
column-partner = Partner
new = new this year
funding = funding
website = Website
program-contact = the program’s contact
program-team = the program team
write-to = Write to { $name }:
near-partner = { $away }, in { $region }
border-with = { $distance } to { $name }.
border-outside = { $distance } to the outside of every region.
all-courses = all courses
course-grades = { $course } (grades { $grades })
answer-description = { $verdict }. { $program }, as of { $day }.

## Partners

counts = { $partners } in { $states }
counts-as-of = { $counts }, as of { $day }.
counts-for-course = { $counts } for { $course }, as of { $day }.
partners-description = The map of the { $program }: { $counts }. Find out whether a school, town, ZIP or county has a partner.
partner-description = { $partner }: a partner of the { $program }. { $courses }.
partner-courses = Courses
partner-contact = Contact
partner-regions = Where it works
partner-idle = { $partner } serves no region on { $day }.
partner-idle-contact = The program team can say who does now.
from-day = from { $day }
until-day = until { $day }

## Maps

map-title = { $program }: partner map, { $subject }
map-title-course = { $program }: partner map, { $subject }, { $course }
map-description = { $partners } as of { $day }. States and territories: { $covered } fully covered, { $partly } in part, { $open } without a partner. Partner areas and states are links; the same is in the list of partners.
map-description-zoomed = { $subject }: { $partners } as of { $day }. Counties: { $units }; with a partner: { $covered }, in part: { $partly }, without a partner: { $open }. The areas are links; the same is in the lists of the page.
map-zip = { $zip }, { $place }: { $partners }
map-foot = As of { $day }. { $attribution }
map-card = { $count ->
    [one] { $number } partner serves the region on this map. Does yours have one?
   *[other] { $number } partners serve the regions on this map. Does yours have one?
}
map-day = As of { $day }
map-tools = Move the map
map-in = Zoom in
map-out = Zoom out
map-whole = Show all of it
map-north = Move up
map-west = Move left
map-east = Move right
map-south = Move down
map-skip = Skip the map
map-hint = Click or tap anywhere on the map to ask about that place.
map-open = Open the map with the list of partners
map-partner = stands out on the map below.
map-partner-all = Show all partners alike.
map-legend = What the map shows
area = { $name }: { $status }
area-by = { $name }: { $status } by { $partners }
area-new = { $area }, new this year
area-until = { $area }, until { $day }
area-upcoming = { $area }; { $partners } starts on { $day }
area-covered = covered
area-partly = covered in some ZIPs only
area-pending = application under review
area-open = open, no partner yet
area-outside = outside the service area
legend-covered = Partner area (colours only tell neighbours apart)
legend-partly = Some ZIPs have a partner, the rest is open
legend-pending = Application under review
legend-open = Open: no partner yet
legend-outside = Outside the service area
legend-some-zips = Some ZIPs have another partner
legend-zip = A ZIP with a partner of its own (its middle, not its extent)
legend-new = New this year
legend-ends = Ends soon
legend-together = Several partners together
legend-later = A partner starts here later

## What can go wrong

page-no-verdict = This says nothing about whether there is a partner: please ask once more.
page-bad-day = { $value } is not a day. Days are written like 2026-11-21: year, month, day.
page-bad-course = The program has no course { $value }. Choose one from the list.
page-bad-state = There is no state { $value }. States are written by their two letters, such as WA.
page-empty-question = Nothing that can be read was typed. A ZIP, a town, a county or a state will do.
page-long-question = That is too much text. A ZIP, a town, a county or a state is enough.
page-no-position = { $value } is no position on the Earth. Latitude comes first, from -90 to 90, then longitude, from -180 to 180.
page-unreadable = The address has signs in it that cannot be read. Please type the question anew.

failure-unknown-parameter = Unknown parameter
    .detail = There is no parameter { $name } here.
failure-repeated-parameter = Repeated parameter
    .detail = The parameter { $name } stands in the request more than once.
failure-no-question = Nothing was asked
    .detail = The request asks nothing. Add one of { $known }.
failure-several-questions = More than one question
    .detail = The request asks several questions at once: { $names }. Keep one.
failure-bad-value = A value could not be read
    .detail = { $parameter }: { $what } (got { $value }); { $rule }.
failure-bad-encoding = The address could not be read
    .detail = The value of { $parameter } is not percent-encoded UTF-8.
failure-query-too-long = The question is too long
    .detail = Please ask with less text: { $limit } bytes at most.
failure-bad-body = The body could not be read
    .detail = The body could not be read: { $rule }.
failure-body-too-large = The body is too long
    .detail = The body is longer than is read here.
failure-not-acceptable = Not in that form
    .detail = The Accept header allows none of the forms that there are: { $offered }.
failure-unsupported-media-type = Unknown kind of body
    .detail = Send the body as application/json.
failure-no-host = The host is not clear
    .detail = A request names the host that it is for, exactly once.
failure-not-found = There is no page here
    .detail = The address may be misspelt, or what was here has moved.
failure-method-not-allowed = That cannot be done here
    .detail = This address exists, but not for this method.
failure-timed-out = The request took too long
    .detail = The request was not finished in time. Please try again.
failure-too-many-requests = Too many requests
    .detail = This address asked more often than one client may. It may ask again in { $wait } s.
failure-busy = Too much at once
    .detail = Many people ask for new maps at this moment. Please try again in a few seconds.
failure-not-ready = The service is not ready
    .detail = Please try again in a moment.
failure-internal = Something failed on our side
    .detail = The fault is ours and has been recorded. Please try again in a moment.
failure-not-served = Other files are served
    .detail = The files on disk are not those that are served: they have just changed, have errors or wait for a go-ahead. The page /status says which; then try again.
failure-bad-draft = The draft has errors
    .detail = The draft goes through the same checks as the real file, and has errors: { $problems }.
failure-staff-closed = The staff area is closed
    .detail = No token is valid. Whoever runs the service opens it with "coverage-map token new --state" and the folder that the service was started with.
failure-staff-unavailable = The staff area is out of order
    .detail = Its records cannot be read or written, so that nobody can be let in. The log of the service says why; the public pages are not affected.
failure-no-token = A token is needed
    .detail = This is for staff. Sign in at /staff, or send the token in the header Authorization: Bearer.
failure-wrong-token = Unknown token
    .detail = There is no such token, or the sign-in is over. A token is copied whole, with all of its signs.
failure-expired-token = The token has expired
    .detail = The time of this token is over. Whoever runs the service makes a new one.
failure-revoked-token = The token was revoked
    .detail = This token was revoked. Whoever runs the service makes a new one.
failure-not-permitted = The token is not good for this
    .detail = The token lacks the scope { $scope }. Whoever runs the service makes one that has it.
failure-token-in-address = Never put a token into an address
    .detail = Addresses are kept in histories and logs. Have this token revoked, and send the next one in the header Authorization: Bearer, or sign in with it at /staff.
failure-from-another-site = Another site asked for this
    .detail = The request came from a page of another site. Open the page here and try again.

## Putting the map into other pages

embed = Put the map on your page
embed-lede = The map costs nothing, sets no cookie and calls nobody else. Choose what it shows, and copy the code.
embed-kind = How
embed-element = An element that fits in (recommended)
embed-frame = A frame
embed-fragment = HTML for your server to fetch
embed-picture = A picture
embed-place = What
embed-country = The whole country
embed-theme = Colours
theme-auto = As the visitor prefers
theme-light = Light
theme-dark = Dark
embed-compose = Show the code
embed-code = The code
embed-copy = Copy
embed-copied = Copied
embed-policy = If your site has a Content-Security-Policy, add this to it:
embed-preview = How it looks
embed-title = { $program }: partner map

## Pages of the program

page-only-in-english = This page is in English.
to-top = Back to the top
versions = Versions of this page
versions-compare = Compare { $old } with { $new }
compare-title = { $page }: { $old } and { $new } compared
compare-description = What changed from “{ $old }” to “{ $new }”, section by section.
compare-lead = Each section shows both versions side by side, or once where nothing changed.
compare-old = From
compare-new = to
compare-button = Compare
compare-same = The same in both.
compare-nothing = Nothing about this.

## Applying

region-check = Is my region open?
season = When to apply
season-check-first = Look up your region first. If it is open, you get the form for it.
season-calendar = Put the day into your calendar
season-ask = Write to us, and we will tell you when they open again:
calendar-summary = Applications open: { $program }
calendar-description = From today on, organizations can apply to become a partner of { $organisation }.
apply-open = This region has no partner, and applications are open. You can apply for it now.
apply-wait = This region has no partner. You can apply for it from { $day } on.
apply-closed = This region has no partner, but applications are closed now. Write to us, and we will tell you when they open again:
apply-promised = This region is promised to a partner who starts later, so you cannot apply for it. If you have questions, write to us:
apply-covered = So you cannot apply for this region. Please talk to its partner, who is glad to hear from you:
apply-partly = You can apply for the parts that have no partner. Choose the one that you would serve, or enter the ZIP of a school there.
apply-pending = Somebody has applied for this region, and we have not decided yet. Until then, nobody else can apply for it. If you have questions, write to us:
apply-outside = The program does not work there, so you cannot apply for it. If you think that this is wrong, write to us:
apply-not-found = Please check the spelling, or enter the ZIP of a school in your region.
apply-ambiguous = Which one do you mean?
apply-unreadable = We could not read { $input }
apply-try-again = Please enter the ZIP of a school in your region, or a town, a county or a state.
apply-open-parts = Parts without a partner
apply-more-parts = { $count ->
    [one] and { $number } more
   *[other] and { $number } more
}
apply-form-for = Fill in the form for { $region }
apply-form-hint = The form is told which region and course you apply for.
apply-subject = Application for the { $program }: { $region }
