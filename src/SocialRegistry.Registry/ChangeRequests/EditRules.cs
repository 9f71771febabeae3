using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>
/// What is changed directly and what is asked for: a person by the rule of each field (<see cref="SelfServiceRule"/>), others by
/// <see cref="ChangeRequestOptions.Required"/>. A change that is applied on a request's word has been asked for.
/// </summary>
internal sealed class EditRules(FieldCatalogue catalogue, ChangeRequestOptions options)
{
    public const string Memberships = "memberships";
    public const string Relationships = "relationships";
    public const string Status = "status";

    /// <summary>Why values are not changed directly; <c>null</c> when they are.</summary>
    public Problem? Refuse(string kind, IEnumerable<string> fields, bool identifiers, Caller caller) =>
        caller.Decision is not null ? null
        : caller.Kind == CallerKind.Person ? RefusePerson(kind, fields, identifiers, direct: true)
        : Refuse(identifiers ? fields.Append(IdentifierType.Identifiers) : fields, caller);

    /// <summary>The same for what stands beside fields.</summary>
    public Problem? Refuse(IEnumerable<string> fields, Caller caller)
    {
        if (options.Required.Count == 0 || caller.Decision is not null || caller.Kind == CallerKind.System)
        {
            return null;
        }

        var required = fields.Where(f => options.Required.Any(r => r.Covers(f, caller))).Distinct().ToList();
        return required.Count > 0 ? ChangeRequestProblems.Required(required) : null;
    }

    /// <summary>What a person may not change in her own record, directly or by asking.</summary>
    public Problem? RefusePerson(string kind, IEnumerable<string> fields, bool identifiers, bool direct)
    {
        var known = fields.Where(f => catalogue.Current.Rule(kind, f) is not null).ToList();
        var closed = known.Where(f => Rule(kind, f) is SelfServiceRule.Hidden or SelfServiceRule.Read).ToList();
        if (identifiers)
        {
            closed.Add(IdentifierType.Identifiers);
        }

        if (closed.Count > 0)
        {
            return ChangeRequestProblems.NotSelfService(closed);
        }

        var asked = known.Where(f => Rule(kind, f) == SelfServiceRule.ChangeRequest).ToList();
        return direct && asked.Count > 0 ? ChangeRequestProblems.Required(asked) : null;
    }

    private SelfServiceRule Rule(string kind, string field) => catalogue.Current.Rule(kind, field)!.View.SelfService;
}
