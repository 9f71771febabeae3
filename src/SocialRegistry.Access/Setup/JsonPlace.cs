using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>A value of the file with its JSON path. Whatever is wrong is added to one list, so that an operator sees all of it at once.</summary>
internal readonly record struct JsonPlace(JsonElement Value, string Path, List<FieldProblem> Problems)
{
    private const int MaxText = 1_000;

    /// <summary>The path of a member; the top of a request has none of its own.</summary>
    private string Below(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>Reports that this place is wrong.</summary>
    /// <param name="detail">What is expected; never the value that stands there.</param>
    public void Wrong(string code, string detail) => Problems.Add(new FieldProblem(Path, code, detail));

    /// <summary>The members of an object; unknown ones are reported.</summary>
    public bool IsObject(IReadOnlyCollection<string> members)
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            Wrong("type", "an object");
            return false;
        }

        foreach (var member in Value.EnumerateObject())
        {
            if (!members.Contains(member.Name))
            {
                // The name is the operator's own and may be anything, so it is cut.
                Problems.Add(
                    new FieldProblem(
                        Below(member.Name[..Math.Min(member.Name.Length, 60)]),
                        "unknown",
                        "no such member; known are " + string.Join(", ", members)
                    )
                );
            }
        }

        return true;
    }

    /// <summary>A member, or <c>null</c> when it is absent or JSON null.</summary>
    public JsonPlace? Member(string name) =>
        Value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? new JsonPlace(member, Below(name), Problems)
            : null;

    /// <summary>A member that must be there.</summary>
    public JsonPlace? Required(string name)
    {
        if (Member(name) is { } member)
        {
            return member;
        }

        Problems.Add(new FieldProblem(Below(name), "required", "must be given"));
        return null;
    }

    /// <summary>The items of an array of at most <paramref name="max"/>.</summary>
    public IReadOnlyList<JsonPlace> Items(int max)
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            Wrong("type", "an array");
            return [];
        }

        if (Value.GetArrayLength() > max)
        {
            Wrong("length", $"at most {max} items");
            return [];
        }

        var (path, problems) = (Path, Problems);
        return [.. Value.EnumerateArray().Select((item, index) => new JsonPlace(item, $"{path}[{index}]", problems))];
    }

    /// <summary>A text of 1 to <paramref name="max"/> characters without control characters.</summary>
    public string? Text(int max = MaxText)
    {
        string? text = null;
        try
        {
            text = Value.ValueKind == JsonValueKind.String ? Value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text.
        }

        if (text is not null && PlainText.Is(text, max))
        {
            return text;
        }

        Wrong("type", $"a text of 1 to {max} characters");
        return null;
    }

    /// <summary>One of these words.</summary>
    public string? Word(IReadOnlyCollection<string> words)
    {
        if (Text() is { } text && words.Contains(text))
        {
            return text;
        }

        Wrong("unknown", "one of " + string.Join(", ", words));
        return null;
    }

    /// <summary>Texts, each once.</summary>
    public IReadOnlyList<string> Distinct(int max, Func<JsonPlace, string?> read)
    {
        var texts = new List<string>();
        foreach (var item in Items(max))
        {
            if (read(item) is not { } text)
            {
                continue;
            }

            if (texts.Contains(text))
            {
                item.Wrong("duplicate", "each value once");
            }
            else
            {
                texts.Add(text);
            }
        }

        return texts;
    }
}
