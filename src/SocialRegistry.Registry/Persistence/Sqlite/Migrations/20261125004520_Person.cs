using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Person : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "break_glass",
                table: "registry_disclosures",
                type: "INTEGER",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<string>(
                name: "consent",
                table: "registry_disclosures",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "institution",
                table: "registry_disclosures",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: ""
            );

            migrationBuilder.CreateTable(
                name: "registry_consent_grants",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consent_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    recipient = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    valid_from = table.Column<long>(type: "INTEGER", nullable: false),
                    valid_until = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_registry_consent_grants",
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
                name: "registry_consents",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    controller = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    events = table.Column<string>(type: "TEXT", nullable: false),
                    valid_until = table.Column<long>(type: "INTEGER", nullable: true),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_consents", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "registry_erasures",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ground = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    requested_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_registry_erasures", x => x.registrant_id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_registry_disclosures_at",
                table: "registry_disclosures",
                column: "at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "registry_consent_grants");

            migrationBuilder.DropTable(name: "registry_consents");

            migrationBuilder.DropTable(name: "registry_erasures");

            migrationBuilder.DropIndex(name: "IX_registry_disclosures_at", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "break_glass", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "consent", table: "registry_disclosures");

            migrationBuilder.DropColumn(name: "institution", table: "registry_disclosures");
        }
    }
}
