//! Cues: the words that say how a sentence means what it says. Kept in `rules/cues.yaml`.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

/// What a cue does to the words around it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// What questions begin with that are answered with yes or no: `should I`. At the beginning of a sentence.
    YesOrNo,
    /// Tells the reader not to: `never`, `do not`, `avoid`. Holds to the end of its clause.
    Forbid,
    /// Names what something else is better than: `instead of`, `no need to`. Holds to the next comma.
    InsteadOf,
    /// Asks whether something is bad: `too long`, `dangerous`. A yes refuses it.
    Fear,
    /// Calls what it speaks of harmful: `is asking for trouble`, `can burn you`.
    Harm,
    /// `Yes`, at the begin of an answer.
    Yes,
    /// Says that something is not so: `myth`, `no evidence`.
    Deny,
    /// Tells of others: a study, a custom, a saying.
    Report,
    /// Keeps a distance from what others say of their wares: `claims to`, `beware of`.
    Alleged,
    /// How medicine is written about: treatments of patients, no word to the reader.
    Clinical,
    /// Somebody's own story: `I bought`, `my husband stayed`.
    Story,
    /// A verb in the form in which readers are told to do something; counts where a clause begins.
    Action,
    /// Invites: `you can`, `try`, `consider`, `is worth a try`.
    Recommend,
    /// Says what something is good for: `eases`, `helps`.
    Benefit,
    /// A word that begins a new statement after a comma: a pronoun.
    Subject,
    /// `if`, `when`, `unless`.
    Condition,
    /// Ties a time to the remedy at hand: `stay in`, `leave it on`.
    Hold,
    /// Something else that takes time: a walk, a class, a nap.
    Activity,
    /// Getting a remedy ready: the microwave, the freezer.
    Prepare,
    /// Food and cooking: an ice bath for beans is no remedy.
    Kitchen,
    /// How long something is felt: `lasts`, `peaks`, `fades`.
    Course,
    /// A pause: `wait`, `between`, `apart`.
    Wait,
    /// Appointments, prices, opening hours.
    Booking,
    /// What a device does by itself: it switches off, its battery lasts.
    Device,
    /// After or before: the amount belongs to the other activity.
    Sequence,
    /// A group of readers: beginners, regulars, children.
    Group,
    /// A part of the body.
    BodyPart,
    /// Sends somebody somewhere: `see`, `call`, `book an appointment`.
    Seek,
    /// Says what somebody can do for the reader: `will be able to help`.
    Offer,
    /// Something that is felt: pain, swelling.
    Symptom,
    /// A symptom that is reason enough to see a doctor: `numbness`, `swells`.
    Complaint,
    /// Says that it gets worse or does not go away.
    Worsening,
    /// Before a remedy is used: a question to ask, no answer to a symptom.
    Beforehand,
    /// A trigger that names nothing: `if in doubt`.
    WeakTrigger,
    /// How soon: `today`, `straight away`.
    Soon,
    /// The day after: soon enough for most signs, too late for an emergency.
    NextDay,
    /// Says in words that something is too hot: `as hot as you can stand`.
    TooHot,
    /// Says in words that something is too cold.
    TooCold,
    /// A temperature of something else: the weather, an oven, a fever.
    OtherHeat,
    /// An answer to a symptom that takes its time: a routine appointment, `give it a week`.
    SlowAction,
    /// Sends the reader to the label or the leaflet.
    FollowLabel,
    /// Calls something harmless: `perfectly normal`.
    Dismiss,
    /// Something else is called normal, not the sign: a feeling, a test's result.
    ElseNormal,
    /// Stands before a service's number: `NHS 111`.
    Service,
    /// What stock photos are tagged with.
    StockPhoto,
    /// Takes back what was said: `but`.
    Contrast,
    /// `not only`, which refuses nothing.
    NotOnly,
    /// Tells of a regulator's ruling on what may not be said.
    Ruling,
    /// Speaks of what was just said: `it`, `that`.
    PointsBack,
    /// Speaks of what is said next: `these`, `the following`.
    PointsOn,
    /// An animal, or who treats it: what is said of it is no word to readers.
    Animal,
    /// Speaks to the reader: `you`, `your`.
    Reader,
    /// Names a country: `in the US`.
    Region,
    /// Names things that are no remedies, and the trades that praise them: `checkout`, `puncture`.
    Wares,
    /// Adds up what was said: `that makes`.
    SumsUp,
    /// Offers a job: `we are hiring`, `salary`.
    Vacancy,
    /// Says that something is done once more: `again`.
    Repeat,
    /// Asks for a figure, or stands over one: `how long`, `temperature`.
    Measure,
    /// Says when, by something else that the reader does: `before you drive`.
    Timed,
    /// Begins a clause that says when the one before it holds: `while`.
    While,
    /// May stand before the verb of a command: `then`, `please`.
    Lead,
    /// An earlier answer to a sign, beside one that takes its time: `or sooner if`.
    Sooner,
    /// Tells how a study was done: groups, lots, placebos.
    Trial,
    /// Joins a further case: `or`.
    Or,
    /// Keeps two things from each other: `they do not mix`, `choose one`.
    Apart,
    /// What a time is that lies between two sessions: `two hours of rest`.
    PauseOf,
    /// Ends a session: `then leave it for two hours`.
    ThenLeave,
    /// Heads a total of a day: `Most in 24 hours`.
    DailyLabel,
    /// What is sold, not what is taken: `a box of`.
    PackOf,
    /// What came of it: `Skin graft.`
    Injury,
    /// How strong a machine is: `700 W`, beside the minutes that it heats for.
    Power,
    /// Puts something off: `can wait for your next appointment`.
    MayWait,
    /// Says before a session who should not come: `postpone your appointment`, `we can't treat`.
    Intake,
    /// Ends the use of a remedy: `wash it off`.
    TakesOff,
    /// Somebody's word that it worked: `worked for me`.
    Testifies,
    /// An answer to a symptom that an urgent one allows and an emergency does not: `make an appointment`.
    Appointment,
    /// Supposes that all is well: `as long as there is no`.
    AsLongAs,
    /// Says of something that it will not do so: `won't`.
    WillNot,
    /// Puts one thing over another: `on top of it`, `under a`.
    Layered,
    /// Speaks of each thing named before: `any of the above`.
    AnyOfThem,
    /// Lets somebody in: `children are welcome`.
    Admits,
    /// Announces what is done wrong: `common mistakes`.
    Mistake,
    /// What is set by numbers: `turn the dial`.
    Dial,
    /// Says of an amount that it is the most: `is the ceiling`.
    Ceiling,
    /// Says that something is done in the first hours: `as soon as they limp off`.
    AtOnce,
    /// Says in how much time: `in the hour before the start`.
    WithinAnHour,
    /// Heads times between rounds: `Pause`, over or beside cells of a table.
    PauseLabel,
    /// Heads ages.
    AgeLabel,
    /// Begins what somebody thinks: `we think`.
    Opinion,
    /// Says the same of the next thing: `so is`.
    SoIs,
    /// Begins what readers may do by themselves so far: `if you have been`.
    IfYou,
    /// Ends a sentence by putting an end to what it began with: `stop`, `please don't`.
    StopThen,
    /// What is left where a remedy did harm: `scar`, `blisters`.
    Mark,
    /// What is worn or carried for an activity that stands before it: `cycling shorts`.
    Gear,
    /// Ends a stay in a bath: `climb out`.
    ComesOut,
    /// Asks in order to tell: `did you know that`.
    AsksToTell,
    /// What the temperature of a bath is said with: `the water`, `our thermometer reads`.
    OfWater,
    /// Puts off what stands before it: `running can wait eight weeks`.
    PutOff,
    /// What foods and drinks hold, behind its amount: `of vitamin C`.
    Nutrient,
    /// Begins what is told of things or of others, which `and hold` goes on with: `our bottles come`.
    OfThings,
    /// Words of wellness and sport, which say that an article is about what readers do to their bodies.
    Wellness,
}

/// The file: phrases by cue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CuePack {
    /// Phrases by cue.
    pub cues: BTreeMap<Cue, Vec<String>>,
}

impl CuePack {
    /// Reads the file.
    pub fn read(text: &str) -> Result<Self, serde_saphyr::Error> {
        serde_saphyr::from_str(text)
    }
}
