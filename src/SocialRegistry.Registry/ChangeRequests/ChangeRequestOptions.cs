using System.ComponentModel.DataAnnotations;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>What becomes of a request that meets another open one.</summary>
public enum ConflictRule
{
    Allow,

    /// <summary>Taken; it names the other in its warnings.</summary>
    Warn,

    /// <summary>Refused as long as the other is open.</summary>
    Block,
}

/// <summary>Settings of change requests (configuration section <c>Registry:ChangeRequests</c>).</summary>
public sealed record ChangeRequestOptions
{
    internal const int MostParties = 500;

    /// <summary>How many agree, one after the other.</summary>
    [Range(1, 2)]
    public int Stages { get; init; } = 1;

    /// <summary>Stages by type of request, such as <c>merge_households</c>: 1 or 2.</summary>
    public Dictionary<string, int> TypeStages { get; init; } = [];

    /// <summary>Stages by field id: 1 or 2. The most of what a request touches counts.</summary>
    public Dictionary<string, int> FieldStages { get; init; } = [];

    /// <summary>Stages of requests that touch a sensitive field.</summary>
    [Range(1, 2)]
    public int SensitiveStages { get; init; } = 1;

    /// <summary>Days from the submission to the due date, unless the request names one.</summary>
    [Range(1, 3650)]
    public int DueDays { get; init; } = 14;

    /// <summary>How long a reviewer holds a request, in minutes.</summary>
    [Range(1, 60 * 24 * 30)]
    public int ClaimMinutes { get; init; } = 60;

    /// <summary>Another open request changes the same field of the same record, or the membership of the same person.</summary>
    [EnumDataType(typeof(ConflictRule))]
    public ConflictRule SameField { get; init; } = ConflictRule.Block;

    /// <summary>Another open request changes the members of the same group.</summary>
    [EnumDataType(typeof(ConflictRule))]
    public ConflictRule SameGroup { get; init; } = ConflictRule.Warn;

    /// <summary>Another open request is about the same record.</summary>
    [EnumDataType(typeof(ConflictRule))]
    public ConflictRule SameRecord { get; init; } = ConflictRule.Warn;

    /// <summary>What is not changed directly but asked for.</summary>
    public IReadOnlyList<RequiredRequest> Required { get; init; } = [];

    /// <summary>How many agree to such a request.</summary>
    internal int StagesOf(string type, IEnumerable<string> fields, bool sensitive) =>
        fields
            .Select(field => FieldStages.GetValueOrDefault(field, 1))
            .Append(TypeStages.GetValueOrDefault(type, Stages))
            .Append(sensitive ? SensitiveStages : 1)
            .Max();
}

/// <summary>A field that a door or a sort of caller changes through a request only.</summary>
public sealed record RequiredRequest
{
    /// <summary>A field id, <c>identifiers</c>, <c>memberships</c>, <c>relationships</c>, <c>status</c>, or <c>*</c> for all of them.</summary>
    [Required]
    public string Field { get; init; } = "";

    /// <summary>A door such as <c>api</c>, <c>import</c>; absent: every door.</summary>
    public string? Channel { get; init; }

    /// <summary><c>staff</c> or <c>partner</c>; absent: both.</summary>
    public string? Caller { get; init; }

    internal bool Covers(string field, Caller caller) =>
        (Field == "*" || Field == field)
        && (Channel is null || Channel == caller.Channel)
        && (Caller is null || string.Equals(Caller, caller.Kind.ToString(), StringComparison.OrdinalIgnoreCase));
}
