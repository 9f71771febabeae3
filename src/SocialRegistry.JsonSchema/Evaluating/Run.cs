using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialRegistry.JsonSchema;

/// <summary>One validation under way: where it stands, what it found, how much it may still do.</summary>
internal sealed class Run(SchemaOptions options)
{
    private readonly List<Resource> scope = [];
    private readonly List<(string? Name, int Index)> path = [];
    private readonly List<SchemaError> errors = [];
    private int steps;
    private long patternTicks;
    private bool more;

    /// <summary>No errors are written; the first one ends the schema that finds it.</summary>
    public bool Quiet { get; set; }

    /// <summary>The bound that ended the validation.</summary>
    public SchemaError? Limit { get; private set; }

    /// <summary>The resources entered, outermost first (the dynamic scope, core §7.1).</summary>
    public IReadOnlyList<Resource> Scope => scope;

    public bool Enter(Node node)
    {
        if (!Step(node))
        {
            return false;
        }

        if (scope.Count >= options.MaxDepth)
        {
            return Stop(node, "The schema goes more than " + options.MaxDepth + " schemas deep for this value.");
        }

        scope.Add(node.Resource);
        return true;
    }

    public void Leave() => scope.RemoveAt(scope.Count - 1);

    /// <summary>Counts a piece of work; false when the validation is over.</summary>
    public bool Step(Node node) =>
        Limit is null
        && (++steps <= options.MaxSteps || Stop(node, "Checking this value takes more than the steps allowed."));

    public void Push(string name) => path.Add((name, 0));

    public void Push(int index) => path.Add((null, index));

    public void Pop() => path.RemoveAt(path.Count - 1);

    /// <summary>Where the list of errors stands, to go back to.</summary>
    public (int Errors, bool More) Mark() => (errors.Count, more);

    public void GoBack((int Errors, bool More) mark)
    {
        errors.RemoveRange(mark.Errors, errors.Count - mark.Errors);
        more = mark.More;
    }

    public bool Fail(Keyword keyword, string message) => Fail(keyword.Owner, "/" + keyword.Name, keyword.Name, message);

    public bool Fail(Node node, string below, string keyword, string message)
    {
        if (Quiet)
        {
            return false;
        }

        if (errors.Count < options.MaxErrors)
        {
            errors.Add(new SchemaError(Where(), node.Location + below, keyword, message));
        }
        else
        {
            more = true;
        }

        return false;
    }

    public bool Stop(Node node, string message)
    {
        Limit ??= new SchemaError(Where(), node.Location, "limit", message);
        return false;
    }

    /// <summary>False also when the time for patterns is over; then the validation ends.</summary>
    public bool Matches(Node node, SchemaPattern pattern, string text)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return pattern.Expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return Stop(node, "A regular expression takes too long for this text.");
        }
        finally
        {
            patternTicks += Stopwatch.GetTimestamp() - started;
            if (patternTicks > options.PatternTime.TotalSeconds * Stopwatch.Frequency)
            {
                Stop(node, "The regular expressions take too long for this value.");
            }
        }
    }

    public SchemaResult ToResult()
    {
        if (Limit is not null)
        {
            errors.Add(Limit);
        }

        return errors.Count == 0 ? SchemaResult.Valid : new SchemaResult(errors, more, Limit is not null);
    }

    private string Where()
    {
        if (path.Count == 0)
        {
            return "";
        }

        var pointer = new StringBuilder();
        foreach (var (name, index) in path)
        {
            pointer.Append('/');
            if (name is null)
            {
                pointer.Append(CultureInfo.InvariantCulture, $"{index}");
            }
            else
            {
                pointer.Append(JsonPointer.Escape(name));
            }
        }

        return pointer.ToString();
    }
}
