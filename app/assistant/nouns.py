"""What people count, by any of its usual names: English, German, French, Spanish, Portuguese, Japanese; Italian, Dutch
and Chinese as far as they stand beside a figure. What stands in no row is compared as it is written.
"""

from typing import Final

NOUNS: Final = {
    "customer": "customer customers client clients kunde kunden kundin kundinnen cliente clientes clienti klant"
    " klanten 顧客 客户 お客様 お客さま",
    "user": "user users nutzer nutzern benutzer utilisateur utilisateurs utilisatrices usuario usuarios usuário"
    " usuários utente utenti gebruikers ユーザー ユーザ 利用者 用户",
    "employee": "employee employees staff mitarbeiter mitarbeitern mitarbeitende mitarbeitenden beschäftigte"
    " angestellte employé employés salarié salariés empleado empleados trabajadores funcionário funcionários"
    " dipendenti 社員 従業員 员工",
    "person": "person persons people persone personen personne personnes persona personas pessoa pessoas leute"
    " gens 人 名",
    "team": "team teams équipe équipes equipo equipos equipe equipes チーム 团队",
    "order": "order orders bestellung bestellungen auftrag aufträge commande commandes pedido pedidos encomendas"
    " ordini 注文 订单",
    "contract": "contract contracts vertrag verträge verträgen contrat contrats contrato contratos contratti 契約 合同",
    "store": "store stores shop shops branch branches filiale filialen laden läden magasin magasins boutique"
    " boutiques tienda tiendas loja lojas negozi 店舗 店 门店",
    "country": "country countries land länder ländern pays país países paesi カ国 か国 ヶ国 国",
    "site": "site sites location locations standort standorte standorten sitio sitios 拠点",
    "incident": "incident incidents outage outages störung störungen vorfall vorfälle incidencia incidencias"
    " incidente incidentes 障害",
    "complaint": "complaint complaints beschwerde beschwerden réclamation réclamations plainte plaintes queja"
    " quejas reclamación reclamaciones reclamação reclamações 苦情 クレーム",
    "case": "case cases fall fälle fällen cas caso casos 件",
    "supplier": "supplier suppliers vendor vendors lieferant lieferanten fournisseur fournisseurs proveedor"
    " proveedores fornecedor fornecedores 仕入先",
    "partner": "partner partners partnern partenaire partenaires socio socios parceiro parceiros パートナー",
    "product": "product products produkt produkte produkten produit produits producto productos produto produtos"
    " 製品 商品 产品",
    "piece": "stück pieces piece pièces piezas peças 個 台",
    "unit": "unit units einheit einheiten unité unités unidad unidades unidade",
    "licence": "licence licences license licenses lizenz lizenzen licencia licencias licença licenças ライセンス",
    "seat": "seat seats sitz sitze",
    "subscriber": "subscriber subscribers abonnent abonnenten abonné abonnés suscriptor suscriptores assinante"
    " assinantes",
    "account": "account accounts konto konten compte comptes cuenta cuentas conta contas アカウント 口座",
    "invoice": "invoice invoices rechnung rechnungen facture factures factura facturas fatura faturas 請求書",
    "ticket": "ticket tickets チケット",
    "engineer": "engineer engineers ingenieur ingenieure ingénieur ingénieurs ingeniero ingenieros engenheiro"
    " engenheiros エンジニア",
    "developer": "developer developers entwickler entwicklern développeur développeurs desarrollador"
    " desarrolladores desenvolvedor desenvolvedores 開発者",
    "server": "server servers servern serveur serveurs servidor servidores サーバー サーバ 服务器",
    "market": "market markets markt märkte märkten marché marchés mercado mercados 市場",
    "region": "region regions regionen région régions región regiones região regiões 地域",
    "return": "return returns retoure retouren retour retours devolución devoluciones devolução devoluções 返品",
    "warehouse": "warehouse warehouses lager entrepôt entrepôts almacén almacenes armazém armazéns 倉庫",
    "company": "company companies unternehmen firma firmen entreprise entreprises empresa empresas 社 企業 公司",
    "fte": "fte ftes vollzeitstelle vollzeitstellen vollzeitäquivalent vollzeitäquivalente etp vzä",
    "application": "application applications bewerbung bewerbungen candidature candidatures candidatura candidaturas"
    " candidature sollicitatie sollicitaties",
    "registration": "registration registrations sign-up sign-ups signup signups anmeldung anmeldungen inscription"
    " inscriptions inscripción inscripciones inscrito inscritos inscrits inscritas inscrição inscrições iscritti"
    " iscrizioni aanmelding aanmeldingen 申込",
    "instalment": "instalment instalments installment installments rate raten parcela parcelas cuota cuotas mensualité"
    " mensualités rata termijnen",
    "copy": "copy copies kopie kopien exemplar exemplare exemplaren copie copia copias cópia cópias exemplaires"
    " kopieën",
    "accident": "accident accidents unfall unfälle unfällen accidente accidentes acidente acidentes incidenti"
    " ongevallen 事故",
    "tester": "tester testers testern testeur testeurs probador probadores",
    "lane": "lane lanes spur spuren",
    "course": "course courses kurs kurse kursen cours curso cursos corso corsi cursussen 講座",
    "lesson": "lesson lessons lektion lektionen leçon leçons lección lecciones lição lições",
    "job": "job jobs position positions role roles vacancy vacancies"
    " arbeitsplatz arbeitsplätze stelle stellen poste postes puesto puestos vaga vagas",
    "vehicle": "vehicle vehicles fahrzeug fahrzeuge véhicule véhicules vehículo vehículos veículo veículos",
    "patient": "patient patients patienten paciente pacientes 患者",
    "student": "student students studenten étudiants estudiantes estudantes 学生",
    "page": "page pages seite seiten página páginas ページ",
    "error": "error errors fehler erreur erreurs errores erros エラー",
    "request": "request requests req reqs anfrage anfragen requête requêtes demande demandes solicitud solicitudes"
    " solicitações リクエスト",
    "test": "test tests prueba pruebas teste testes テスト",
    "place": "place places platz plätze plätzen plaza plazas posto posti lugar lugares plaatsen",
    "member": "adhérent adhérents socias member members mitglied mitglieder membre membres miembro miembros"
    " membro membros 会員",
    "visitor": "visitor visitors besucher visiteur visiteurs visitante visitantes",
    "sale": "sale sales verkäufe ventes ventas vendas",
    "option": "option options optionen opción opciones opção opções",
    "meeting": "meeting meetings réunion réunions reunión reuniones reunião reuniões",
    "hospital": "hospital hospitals krankenhaus krankenhäuser krankenhäusern hôpital hôpitaux hospitales hospitais"
    " ospedale ospedali ziekenhuis ziekenhuizen 病院 医院",
    "clinic": "clinic clinics klinik kliniken clinique cliniques clínica clínicas clinica cliniche 診療所 诊所",
    "bed": "bed beds bett betten lit lits cama camas leito leitos letto letti bedden 病床 ベッド",
    "doctor": "doctor doctors physician physicians arzt ärzte ärzten médecin médecins médico médicos medici artsen"
    " 医師 医生",
    "nurse": "nurse nurses pflegekraft pflegekräfte infirmier infirmiers infirmière infirmières enfermero"
    " enfermeros enfermera enfermeras enfermeiro enfermeiros enfermeira enfermeiras infermieri verpleegkundigen"
    " 看護師 护士",
    "school": "school schools schule schulen école écoles escuela escuelas colegio colegios escola escolas scuola"
    " scuole scholen 学校",
    "teacher": "teacher teachers lehrer lehrern lehrkräfte enseignant enseignants professeur professeurs maestro"
    " maestros profesor profesores professor professores insegnanti leraren 教師 教员",
    "child": "child children kinder kindern enfant enfants niño niños niña niñas criança crianças bambino bambini"
    " kinderen 子ども 子供 儿童",
    "household": "household households haushalt haushalte haushalten foyer foyers ménage ménages hogar hogares"
    " domicílio domicílios famiglie huishoudens 世帯 家庭",
    "driver": "driver drivers fahrer fahrern chauffeur chauffeurs conducteur conducteurs conductor conductores"
    " motorista motoristas autisti bestuurders 運転手 司机 ドライバー",
    "truck": "truck trucks lorry lorries lastwagen lkw camion camions camión camiones caminhão caminhões autocarri"
    " vrachtwagens トラック 卡车",
    "car": "car cars auto autos voiture voitures coche coches carro carros automobili 車 汽车",
    "van": "van vans transporter lieferwagen camionnette camionnettes furgoneta furgonetas",
    "bus": "bus buses busse bussen autobus autobús autobuses ônibus バス 公交车",
    "train": "train trains zug züge zügen trens tren trenes treno treni treinen 列車 电车 火车",
    "flight": "flight flights flug flüge flügen vol vols vuelo vuelos voo voos voli vluchten 航班",
    "ship": "ship ships schiff schiffe schiffen navire navires bateau bateaux barco barcos buque buques navio"
    " navios navi schepen 船",
    "parcel": "parcel parcels package packages paket pakete paketen colis paquete paquetes pacote pacotes pacchi"
    " pakketten 荷物 小包 包裹",
    "delivery": "delivery deliveries lieferung lieferungen livraison livraisons entrega entregas consegne"
    " leveringen 配送 配達 配送件",
    "pallet": "pallet pallets palette paletten palettes palé palés palet palets palete paletes パレット",
    "container": "container containers containern conteneur conteneurs contenedor contenedores contêiner"
    " contêineres コンテナ 集装箱",
    "machine": "machine machines maschine maschinen máquina máquinas macchina macchine 機械 机器",
    "device": "device devices gerät geräte geräten appareil appareils dispositivo dispositivos aparelho aparelhos"
    " dispositivi apparaten 端末 機器 设备",
    "scanner": "scanner scanners scannern escáner escáneres スキャナー",
    "sensor": "sensor sensors sensoren capteur capteurs sensores センサー 传感器",
    "phone": "phone phones telefon telefone téléphone téléphones teléfono teléfonos telefones telefoni 電話機 手机",
    "laptop": "laptop laptops notebook notebooks ordinateur ordinateurs portátil portátiles ノートパソコン",
    "plant": "factory factories fabrik fabriken werk werke werken usine usines fábrica fábricas fabbrica fabbriche"
    " stabilimenti fabrieken 工場 工厂 plant plants anlage anlagen centrale centrales planta plantas",
    "office": "office offices büro büros bureau bureaux oficina oficinas escritório escritórios uffici kantoren"
    " 事務所 办公室",
    "building": "building buildings gebäude gebäuden bâtiment bâtiments edificio edificios edifício edifícios"
    " edifici gebouwen 建物",
    "flat": "flat flats apartment apartments wohnung wohnungen appartement appartements apartamento apartamentos"
    " appartamenti 部屋 住宅",
    "room": "room rooms zimmer zimmern raum räume chambre chambres habitación habitaciones quarto quartos camere"
    " kamers 客室",
    "hotel": "hotel hotels hôtel hôtels hoteles hotéis alberghi ホテル 酒店",
    "guest": "guest guests gast gäste gästen hôte hôtes huésped huéspedes hóspede hóspedes ospiti gasten 宿泊客",
    "passenger": "passenger passengers passagier passagiere passagieren passager passagers pasajero pasajeros"
    " passageiro passageiros passeggeri passagiers 乗客 乘客",
    "restaurant": "restaurant restaurants restaurante restaurantes ristoranti レストラン 餐厅",
    "farm": "farm farms hof höfe ferme fermes granja granjas fazenda fazendas fattorie boerderijen 農場",
    "village": "village villages dorf dörfer dörfern pueblo pueblos aldeia aldeias 村",
    "city": "city cities town towns stadt städte städten ville villes ciudad ciudades cidade cidades città steden"
    " 都市 城市",
    "citizen": "citizen citizens bürger bürgern citoyen citoyens ciudadano ciudadanos cidadão cidadãos cittadini"
    " burgers 市民",
    "inhabitant": "inhabitant inhabitants resident residents einwohner einwohnern habitant habitants habitante"
    " habitantes residentes morador moradores abitanti inwoners 住民",
    "voter": "voter voters wähler wählern électeur électeurs votante votantes eleitor eleitores elettori kiezers"
    " 有権者",
    "tenant": "tenant tenants mieter mietern locataire locataires inquilino inquilinos inquilini huurders"
    " 入居者 テナント",
    "applicant": "applicant applicants candidate candidates bewerber bewerbern candidat candidats candidato"
    " candidatos candidati sollicitanten 応募者 候補者",
    "shareholder": "shareholder shareholders aktionär aktionäre actionnaire actionnaires accionista accionistas"
    " acionista acionistas azionisti aandeelhouders 株主",
    "investor": "investor investors investoren investisseur investisseurs inversor inversores investidor"
    " investidores investitori investeerders 投資家",
    "competitor": "competitor competitors wettbewerber wettbewerbern concurrents competidor"
    " competidores concorrente concorrentes concorrenti concurrenten 競合 競合他社",
    "manager": "manager managers managern führungskraft führungskräfte gestionnaire gestionnaires gerente gerentes"
    " 管理職 经理",
    "agent": "agent agents agenten agente agentes agenti 担当者",
    "seller": "seller sellers verkäufer verkäufern vendeur vendeurs vendedor vendedores venditori verkopers 販売者",
    "merchant": "merchant merchants händler händlern marchand marchands comerciante comerciantes lojista lojistas"
    " commercianti handelaren 加盟店 商户",
    "buyer": "buyer buyers käufer käufern acheteur acheteurs comprador compradores acquirenti kopers 購入者",
    "inspector": "inspector inspectors prüfer prüfern inspekteur inspecteur inspecteurs inspectores inspetor"
    " inspetores ispettore ispettori 検査官 検査員",
    "lawyer": "lawyer lawyers anwalt anwälte anwälten avocat avocats abogado abogados advogado advogados avvocati"
    " advocaten 弁護士",
    "designer": "designer designers designern concepteur concepteurs diseñador diseñadores デザイナー",
    "worker": "worker workers arbeiter arbeitern travailleur travailleurs ouvrier ouvriers trabajador trabalhador"
    " trabalhadores lavoratori arbeiders 労働者 作業員",
    "volunteer": "volunteer volunteers freiwillige freiwilligen bénévole bénévoles voluntario voluntarios"
    " voluntário voluntários volontari vrijwilligers ボランティア",
    "participant": "participant participants teilnehmer teilnehmern teilnehmende participante participantes"
    " partecipanti deelnemers 参加者",
    "respondent": "respondent respondents befragte befragten répondant répondants encuestado encuestados"
    " entrevistado entrevistados 回答者",
    "reader": "reader readers leser lesern lecteur lecteurs lector lectores leitor leitores lettori lezers 読者",
    "claim": "claim claims schadensfall schadensfälle schadenfälle sinistre sinistres siniestro siniestros"
    " sinistro sinistros 請求",
    "permit": "permit permits genehmigung genehmigungen permis permiso permisos permessi vergunningen 許可",
    "policy": "policy policies police policen polizza polizze póliza pólizas apólice apólices 保険契約",
    "loan": "loan loans kredit kredite krediten darlehen prêt prêts préstamo préstamos empréstimo empréstimos"
    " prestiti leningen 融資 ローン",
    "payment": "payment payments zahlung zahlungen paiement paiements pago pagos pagamento pagamentos pagamenti"
    " betalingen 支払い 付款",
    "refund": "refund refunds erstattung erstattungen remboursement remboursements reembolso reembolsos rimborsi"
    " 返金 退款",
    "transaction": "transaction transactions transaktion transaktionen transacción transacciones transação"
    " transações transazioni transacties 取引 交易",
    "booking": "booking bookings reservation reservations buchung buchungen réservation réservations reserva"
    " reservas prenotazioni boekingen 予約 预订",
    "subscription": "subscription subscriptions abonnement abonnements abos suscripción suscripciones assinatura"
    " assinaturas abbonamenti abonnementen サブスクリプション 订阅",
    "signature": "signature signatures unterschrift unterschriften firmas handtekeningen 署名",
    "vote": "vote votes stimme stimmen voix voto votos voti stemmen 票",
    "call": "call calls anruf anrufe anrufen appel appels llamada llamadas chamada chamadas chiamate telefoontjes"
    " 電話 コール",
    "message": "message messages nachricht nachrichten mensaje mensajes mensagem mensagens messaggi berichten"
    " メッセージ 消息",
    "email": "email emails e-mail e-mails mail mails correo correos courriel courriels メール 邮件",
    "review": "review reviews bewertung bewertungen avis reseña reseñas avaliação avaliações recensioni"
    " beoordelingen レビュー",
    "comment": "comment comments kommentar kommentare kommentaren commentaire commentaires comentario comentarios"
    " comentário comentários commenti opmerkingen コメント 评论",
    "question": "question questions frage fragen pregunta preguntas pergunta perguntas domande vragen 質問 问题",
    "answer": "answer answers antwort antworten réponse réponses respuesta respuestas resposta respostas risposte"
    " 回答",
    "proposal": "proposal proposals vorschlag vorschläge vorschlägen proposition propositions propuesta propuestas"
    " proposta propostas proposte voorstellen 提案",
    "bid": "bid bids offer offers angebot angebote angeboten offre offres oferta ofertas offerte 入札",
    "project": "project projects projekt projekte projekten projet projets proyecto proyectos projeto projetos"
    " progetto progetti projecten プロジェクト 案件 项目",
    "feature": "feature features funktion funktionen fonctionnalité fonctionnalités función funciones"
    " funcionalidade funcionalidades funzionalità 機能 功能",
    "bug": "bug bugs defect defects defekt defekte défaut défauts defecto defectos defeito defeitos バグ 不具合",
    "release": "release releases veröffentlichung veröffentlichungen sortie lanzamiento lanzamientos lançamento"
    " lançamentos リリース",
    "deployment": "deployment deployments deploy deploys déploiement déploiements despliegue despliegues"
    " implantação implantações デプロイ",
    "table": "table tables tabelle tabellen tabla tablas tabela tabelas テーブル",
    "record": "record records datensatz datensätze datensätzen enregistrement enregistrements registro registros"
    " レコード 记录",
    "document": "document documents dokument dokumente dokumenten documento documentos documenti documenten 書類 文書"
    " 文档",
    "file": "file files datei dateien fichier fichiers archivo archivos arquivo arquivos bestanden ファイル 文件",
    "query": "query queries abfrage abfragen requete consulta consultas クエリ",
    "visit": "visit visits besuch besuche besuchen visite visites visita visitas bezoeken 訪問 来店",
    "session": "session sessions sitzung sitzungen sesión sesiones sessão sessões sessioni セッション",
    "click": "click clicks klick klicks clic clics clique cliques クリック",
    "download": "download downloads téléchargement téléchargements descarga descargas ダウンロード 下载",
    "appointment": "appointment appointments termin termine terminen rendez-vous cita citas appuntamenti 予約枠",
    "shift": "shift shifts schicht schichten turno turnos turni シフト",
    "step": "step steps schritt schritte schritten étape étapes paso pasos passo passos passi stappen ステップ 手順",
    "phase": "phase phases phasen fase fases fasi フェーズ",
    "attempt": "attempt attempts versuch versuche versuchen tentative tentatives intento intentos tentativa"
    " tentativas 試行",
    "exception": "exception exceptions ausnahme ausnahmen excepción excepciones exceção exceções 例外",
    "rule": "rule rules regel regeln règle règles regla reglas regra regras regole ルール 规则",
    "law": "law laws gesetz gesetze gesetzen loi lois ley leyes lei leis leggi wetten 法律",
    "risk": "risk risks risiko risiken risque risques riesgo riesgos risco riscos rischi リスク 风险",
    "lawsuit": "lawsuit lawsuits klage klagen procès demanda demandas 訴訟",
    "dose": "dose doses dosis dosen dosi 回分",
    "bottle": "bottle bottles flasche flaschen bouteille bouteilles botella botellas garrafa garrafas bottiglie"
    " flessen 瓶",
    "box": "box boxes kiste kisten karton kartons boîte boîtes caja cajas caixa caixas scatole 箱",
    "article": "article articles artikel artikeln artículo artículos artigo artigos articoli artikelen 記事",
    "tree": "tree trees baum bäume bäumen arbre arbres árbol árboles árvore árvores alberi bomen",
    "animal": "animal animals tiere tieren animaux animales animais animali dieren 動物",
    "cow": "cow cows kuh kühe kühen vache vaches vaca vacas mucche koeien 牛",
}  # fmt: skip

PHRASES: Final = {
    "full-time equivalent": "fte", "full-time equivalents": "fte", "full-time position": "fte",
    "full-time positions": "fte", "full-time role": "fte", "full-time roles": "fte", "full-time employee": "fte",
    "full-time employees": "fte", "full-time job": "fte", "full-time jobs": "fte", "full-time post": "fte",
    "full-time hire": "fte", "full-time hires": "fte", "of us": "person",
}  # fmt: skip
"""Several words that are one thing that is counted."""

PEOPLE: Final = frozenset(
    """employee person applicant manager agent seller inspector lawyer designer worker volunteer participant respondent
    reader engineer developer patient student member visitor doctor nurse teacher child driver guest passenger citizen
    inhabitant voter registration tester shareholder investor""".split()  # noqa: SIM905
)
"""Who is people, certainly: "22 people enrolled" are 22 participants."""
