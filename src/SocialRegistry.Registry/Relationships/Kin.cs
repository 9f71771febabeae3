using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Somebody reached from the person by links.</summary>
/// <param name="Link">The last link; empty for the person herself.</param>
/// <param name="From">Whom the last link leads from.</param>
internal sealed record Kin(Guid Id, string Link, Kin? From, bool ThroughAdoption)
{
    /// <summary>Links from the person.</summary>
    public int Depth { get; } = From is null ? 0 : From.Depth + 1;

    public static Kin Self(Guid id) => new(id, "", null, false);

    public Kin To(string link, Guid id, bool adopted = false) => new(id, link, this, ThroughAdoption || adopted);

    public RelativeView ToView(string kind) => new(new RegistrantId(Id), kind, Depth, ThroughAdoption, Path());

    private List<RelativeStep> Path()
    {
        var steps = new List<RelativeStep>(Depth);
        for (var kin = this; kin.From is not null; kin = kin.From)
        {
            steps.Add(new RelativeStep(kin.Link, new RegistrantId(kin.Id)));
        }

        steps.Reverse();
        return steps;
    }
}
