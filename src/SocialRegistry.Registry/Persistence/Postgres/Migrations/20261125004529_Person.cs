using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Person : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "break_glass",
                schema: "registry",
                table: "disclosures",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "consent",
                schema: "registry",
                table: "disclosures",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "institution",
                schema: "registry",
                table: "disclosures",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.CreateTable(
                name: "consent_grants",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipient = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    purpose = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    fields = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<long>(type: "bigint", nullable: false),
                    valid_until = table.Column<long>(type: "bigint", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_consent_grants",
                        x => new
                        {
                            x.registrant_id,
                            x.recipient,
                            x.purpose,
                            x.consent_id,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "consents",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    controller = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    events = table.Column<string>(type: "text", nullable: false),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consents", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "erasures",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    ground = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_by = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erasures", x => x.registrant_id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_disclosures_at",
                schema: "registry",
                table: "disclosures",
                column: "at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "consent_grants", schema: "registry");

            migrationBuilder.DropTable(name: "consents", schema: "registry");

            migrationBuilder.DropTable(name: "erasures", schema: "registry");

            migrationBuilder.DropIndex(name: "IX_disclosures_at", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "break_glass", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "consent", schema: "registry", table: "disclosures");

            migrationBuilder.DropColumn(name: "institution", schema: "registry", table: "disclosures");
        }
    }
}
