using System.Text.RegularExpressions;
using Autocoder.Core.Conversations;
using Autocoder.Core.Projects;
using Autocoder.Core.Tools.Permissions.Commands.Grammar;

namespace Autocoder.Core.Tools.Permissions.Commands;

/// <summary>
/// Goes through everything a command line could run, in its order, and judges each command by itself. Which branch is taken and how
/// often is not followed: all of it counts.
/// </summary>
internal sealed partial class CommandWalk
{
    private static readonly string[] HarmlessVariables =
        ["LC_ALL", "LANG", "LANGUAGE", "TZ", "NO_COLOR", "FORCE_COLOR", "CI", "COLUMNS", "TERM", "DOTNET_NOLOGO", "DOTNET_CLI_TELEMETRY_OPTOUT", "NODE_ENV", "RUST_BACKTRACE"];

    private readonly List<ToolResource> _resources = [];
    private readonly Dictionary<string, string?> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);
    private readonly CommandPaths _paths;
    private readonly ProgramJudge _programs;
    private readonly ProjectFolder _folder;

    public CommandWalk(ProjectFolder folder)
    {
        _folder = folder;
        _paths = new CommandPaths(folder);
        _programs = new ProgramJudge(_paths);
    }

    /// <summary>Judges every command; empty when there is none.</summary>
    public IReadOnlyList<ToolResource> Judge(Script script)
    {
        Walk(script);
        return _resources;
    }

    private void Walk(Script script)
    {
        foreach (var pipeline in script.Pipelines)
        {
            foreach (var command in pipeline.Commands)
            {
                Walk(command);
            }
        }
    }

    private void Walk(ShellNode node)
    {
        switch (node)
        {
            case SimpleCommand simple:
                WalkSimple(simple);
                break;
            case FunctionDefinition function:
                WalkFunction(function);
                break;
            case CompoundCommand compound:
                WalkWords(compound.Words);
                if (compound.Variable is { } variable)
                {
                    Give(variable, value: null);
                }

                foreach (var body in compound.Bodies)
                {
                    Walk(body);
                }

                break;
        }

        foreach (var redirection in node.Redirections)
        {
            WalkRedirection(redirection);
        }
    }

    private void WalkFunction(FunctionDefinition function)
    {
        if (Calls(function.Body, function.Name, isDoubled: false))
        {
            Add($"{function.Name}()", PermissionEffect.Deny, $"“{function.Name}” starts itself again without end, until the computer has nothing left.");
        }

        Walk(function.Body);
        _functions.Add(function.Name);
    }

    // Whether a command starts itself beside itself: in a pipe or in the background.
    private static bool Calls(ShellNode node, string name, bool isDoubled) => node switch
    {
        SimpleCommand { Words: [var first, ..] } => isDoubled && WordValues.Fixed(first) == name,
        CompoundCommand compound => compound.Bodies.SelectMany(body => body.Pipelines).Any(pipeline => pipeline.Commands.Any(command =>
            Calls(command, name, isDoubled || pipeline.InBackground || pipeline.Commands.Count > 1))),
        _ => false,
    };

    private void WalkWords(IEnumerable<Word> words)
    {
        foreach (var script in words.SelectMany(word => word.Substitutions))
        {
            Walk(script);
        }
    }

    private void WalkSimple(SimpleCommand command)
    {
        WalkWords([.. command.Words, .. command.Assignments.Select(assignment => assignment.Value)]);
        if (command.Words.Count == 0)
        {
            foreach (var assignment in command.Assignments)
            {
                Assign(assignment);
            }

            return;
        }

        var words = command.Words.SelectMany(word => CommandWord.Of(word, _variables)).ToList();
        var changed = command.Assignments.FirstOrDefault(assignment => !HarmlessVariables.Contains(assignment.Name));
        JudgeWords(words, command.Assignments, changed is null ? null : $"It is run with “{changed.Source}”, which can change what it does.");
        foreach (var text in TextsOf(command, words))
        {
            WalkText(text);
        }
    }

    private void Assign(Assignment assignment)
    {
        var value = WordValues.Likely(assignment.Value, _variables) is [{ HasPattern: false, IsHome: false } only] ? only.Text : assignment.Value.Parts.Count == 0 ? "" : null;
        Give(assignment.Name, assignment.Source.Contains("+=", StringComparison.Ordinal) ? null : value);
        if (!OwnVariable().IsMatch(assignment.Name) && !HarmlessVariables.Contains(assignment.Name))
        {
            Add(assignment.Source, PermissionEffect.Ask, $"“{assignment.Name}” can change what the commands after it do.");
        }
    }

    private void Give(string name, string? value) => _variables[name] = value;

    private void JudgeWords(IReadOnlyList<CommandWord> words, IReadOnlyList<Assignment> assignments, string? changed)
    {
        var isFunction = words.Count > 0 && words[0].Fixed is { } name && _functions.Contains(name);
        var (effect, why) = isFunction ? (PermissionEffect.Allow, "What it runs is judged where it is defined.") : _programs.Judge(words);
        var shown = string.Join(' ', [.. assignments.Select(assignment => assignment.Source), .. words.Select(word => word.Shown)]);
        if (effect is PermissionEffect.Allow && changed is not null)
        {
            (effect, why) = (PermissionEffect.Ask, changed);
        }

        _resources.Add(new ToolResource(shown)
        {
            Words = [.. assignments.Select(assignment => assignment.Source), .. NamesOf(words)],
            Standing = effect,
            Why = why,
            Narrowest = assignments.Count == 0 && AskedCommands.BuildPrefix(shown) is { } prefix ? $"{prefix} **" : null,
        });
        foreach (var inner in ProgramJudge.Inside(words))
        {
            JudgeInside([.. inner]);
        }
    }

    // What runs inside of another program only counts when it must never run: the program around it is asked about anyway.
    private void JudgeInside(IReadOnlyList<CommandWord> words)
    {
        var (effect, why) = _programs.Judge(words);
        if (effect is PermissionEffect.Deny)
        {
            Add(string.Join(' ', words.Select(word => word.Shown)), effect, why);
        }
    }

    // A rule speaks of rm, not of /bin/rm.
    private static IEnumerable<string?> NamesOf(IReadOnlyList<CommandWord> words) =>
        words.Select((word, index) => index == 0 && word.Fixed is { } name ? ProgramJudge.NameOf(name) : word.Fixed);

    private static IEnumerable<string> TextsOf(SimpleCommand command, List<CommandWord> words)
    {
        if (words[0].Fixed is not { } first)
        {
            return [];
        }

        var name = ProgramJudge.NameOf(first);
        var handed = Wrappers.IsShell(name)
            ? command.Redirections.Where(redirection => redirection.Operator.StartsWith("<<", StringComparison.Ordinal)).Select(redirection => redirection.Body ?? redirection.Target)
            : [];
        return [.. Wrappers.Texts(name, words[1..]), .. handed.Select(WordValues.Certain).OfType<IReadOnlyList<WordValue>>().SelectMany(values => values).Select(value => value.Text)];
    }

    // Its own commands are asked about by the shell that runs them; what must never run must not run there either.
    private void WalkText(string text)
    {
        if (CommandReading.Of(text).Script is { } script)
        {
            _resources.AddRange(new CommandWalk(_folder).Judge(script).Where(resource => resource.Standing is PermissionEffect.Deny));
        }
    }

    private void WalkRedirection(Redirection redirection)
    {
        WalkWords(redirection.Body is null ? [redirection.Target] : [redirection.Body]);
        if (redirection.Operator is "<<" or "<<-" or "<<<"
            || (redirection.Operator is "<&" or ">&" && redirection.Target.Plain is { } descriptor && descriptor.All(sign => char.IsAsciiDigit(sign) || sign == '-')))
        {
            return;
        }

        foreach (var target in CommandWord.Of(redirection.Target, _variables).Where(target => !CommandPaths.IsHarmless(target)))
        {
            JudgeRedirection(redirection.Operator is "<", target);
        }
    }

    private void JudgeRedirection(bool isInput, CommandWord target)
    {
        var name = $"{(isInput ? "<" : ">")} {target.Shown}";
        var text = target.Text ?? target.Likely;
        var (effect, why) = isInput switch
        {
            true when _paths.NamesSecret(target) => (PermissionEffect.Deny, ProgramJudge.Secret(target)),
            true when _paths.IsInside(target) => (PermissionEffect.Allow, "It reads a file of the project."),
            true => (PermissionEffect.Ask, $"It reads {target.Shown}, which is not a file of the project."),
            false when text is not null && NeverAllowed.IsDevice(text) => (PermissionEffect.Deny, "It writes over a device of the computer."),
            false when text?.Contains(".git/", StringComparison.OrdinalIgnoreCase) == true => (PermissionEffect.Ask, $"It writes {target.Shown}, and git runs what is in its folder."),
            false when _paths.IsInside(target) => (PermissionEffect.Ask, $"It writes {target.Shown}."),
            _ => (PermissionEffect.Ask, $"It writes {target.Shown}, which is not in the project."),
        };
        Add(name, effect, why);
    }

    private void Add(string name, PermissionEffect effect, string why) => _resources.Add(new ToolResource(name) { Standing = effect, Why = why });

    // The shell's and other programs' own variables are written in capital letters.
    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex OwnVariable();
}
