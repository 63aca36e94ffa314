using System.Collections.Frozen;

namespace Autocoder.Core.Specs.Composing;

/// <summary>The words by which a sentence is told from a list, and things from everything else.</summary>
internal static class SentenceWords
{
    // Never a thing by themselves.
    private static readonly FrozenSet<string> PlainVerbs = Set(
        "make create keep add write manage see upload store save edit delete remove find browse collect organise organize enter choose pick "
        + "select reserve cancel borrow lend return join invite assign change rename move send receive read publish sell buy get give take put show "
        + "follow complete finish start stop pay spend earn compare approve submit ask need want use let help learn study visit attach receive "
        + "remember notify go look hold bring own offer maintain track mark view update do prepare arrange define describe fill gather "
        + "like love prefer meet invent import export download archive sort filter search handle monitor collect cook bake register sign log tick "
        + "divide settle import teach play repair sew grow feed chat talk discuss work set remind");

    // A thing or an act, depending on where they stand.
    private static readonly FrozenSet<string> DoubleVerbs = Set(
        "share plan book list order post note record rate review schedule budget split report request comment tag check count schedule vote "
        + "answer question photograph file group label bookmark pin host run exchange trade swap rent print scan hire leave draw measure design build map score name");

    private static readonly FrozenSet<string> PastVerbs = Set(
        "did made kept wrote written was were been done given taken sold bought lent borrowed created added booked shared");

    private static readonly FrozenSet<string> ActionNouns = Set("making creating keeping adding writing managing tracking sharing storing saving collecting organising organizing");

    private static readonly FrozenSet<string> ObjectMarks = Set("a an the their my our your his her its each every some all them it this these those new many several off up down out");

    /// <summary>Words before a thing that say nothing of what it is.</summary>
    public static FrozenSet<string> Determiners { get; } = Set(
        "a an the their my our your his her its each every some any all both many much more most few several various different other another new own old "
        + "same this these those such no one two three own first next important favourite favorite lots loads plenty open free multiple certain nice simple little big small upcoming past");

    public static FrozenSet<string> Pronouns { get; } = Set("i we you they he she it everyone everybody somebody someone anybody anyone nobody people user users person persons folks who them us me");

    public static FrozenSet<string> Modals { get; } = Set("can could should shall will would must may might to want wants wanted need needs able cannot can't");

    public static FrozenSet<string> Possession { get; } = Set("has have having contain contains include includes including hold holds consist consists");

    public static FrozenSet<string> Being { get; } = Set("is are be was were am get gets");

    /// <summary>What follows these belongs to the thing before and is no thing of its own.</summary>
    public static FrozenSet<string> Prepositions { get; } = Set(
        "of for in on to from by at about per into onto off out up down between through after before during without as via than under over like back away together inside within against among until till since toward towards along around across behind beside");

    /// <summary>From here to the next comma something is explained, not listed.</summary>
    public static FrozenSet<string> Explaining { get; } = Set("so because which that who whom whose where when whenever while if whether how what why unless although though");

    /// <summary>Filling words.</summary>
    public static FrozenSet<string> Fillers { get; } = Set(
        "also then just even only always maybe well somehow really very easily quickly ever never often usually sometimes perhaps probably basically mainly mostly etc there here too again please later already not don't yes no okay ok right actually still soon now almost today tomorrow else once twice");

    // They can be created, but nobody means a table by them.
    private static readonly FrozenSet<string> NoThings = Set(
        "thing things stuff everything something anything nothing data information info content contents record-keeping object objects entity entities others other rest way ways place places-to-be "
        + "friend friends family families household colleague colleagues roommate roommates neighbour neighbours neighbor neighbors public everyone world "
        + "app apps application applications website site page pages tool system program software progress overview track time times day days week weeks month months year years "
        + "morning evening calendar-view dashboard statistics statistic chart charts total totals lot bit kind kinds sort sorts type types who what money home phone phones computer online access "
        + "sense fun use work life mind end idea-of idea ideas clue password passwords one ones each change changes view views example examples");

    private static readonly FrozenSet<string> Containers = Set("list lists collection collections set sets kind kinds type types overview number bunch lot lots track record records catalogue catalog details couple range piece pieces copy copies history pair pairs");

    private static readonly FrozenSet<string> Bookable = Set("appointment table room lesson court time slot seat ticket hotel flight ride class session trip haircut visit");

    private static readonly FrozenSet<string> Endings = Set("off up down out away back");

    /// <summary>Whether a word can only be an act, in any of its forms.</summary>
    public static bool IsPlainVerb(string word) => PlainVerbs.Contains(Base(word, PlainVerbs)) || PastVerbs.Contains(word) || ActionNouns.Contains(word);

    /// <summary>Whether a word is an act or a thing.</summary>
    public static bool IsDoubleVerb(string word) => DoubleVerbs.Contains(Base(word, DoubleVerbs));

    public static bool IsNoThing(string word) => NoThings.Contains(word);

    public static bool IsContainer(string word) => Containers.Contains(word);

    public static bool IsParticle(string word) => Endings.Contains(word);

    /// <summary>Whether an act is done to other people, so that "with" names them and not what is known of the thing.</summary>
    public static bool IsSocial(string verb) => Base(verb, DoubleVerbs) is "share" or "book" or "exchange" or "trade" or "swap" or "split" or "compare" or "discuss" || Base(verb, PlainVerbs) is "chat" or "talk" or "play" or "discuss" or "work" or "compare";

    /// <summary>Whether a word begins the telling of an act although nobody is named: <c>track habits</c>.</summary>
    public static bool IsCommand(string word, string? next) => next is not null
        && (PlainVerbs.Contains(word) || ActionNouns.Contains(word) || word is "share" or "plan" or "rate" or "schedule" || (word is "book" && Bookable.Contains(Noun.From(next).Singular)));

    /// <summary>Whether what follows an act shows that it is one: <c>tick a …</c>.</summary>
    public static bool MarksObject(string? next) => next is not null && ObjectMarks.Contains(next);

    private static string Base(string word, FrozenSet<string> verbs) => verbs.Contains(word) ? word
        : word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.EndsWith("es", StringComparison.Ordinal) && verbs.Contains(word[..^2]) ? word[..^2]
        : word.EndsWith('s') ? word[..^1]
        : word;

    private static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
